# SPDX-License-Identifier: Apache-2.0
# Sourced by the samples' run scripts: how a sample is compiled and run. What is made goes to the sample's build folder.
set -eu

sample=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$sample/../.." && pwd)
build=$sample/build
runtime=$root/runtime/java/target
libraries=$sample/target/lib

if [ -n "${JAVA_HOME:-}" ]; then
    PATH=$JAVA_HOME/bin:$PATH
fi

# Not every compiler knows every warning; these are the ones that generated C promises to be free of.
c_warnings="-Wall -Wextra -Wconversion -Wshadow -Wcomment -Werror"

# Compiles .opv files for both targets; takes what opvc takes, and finds files from the sample's folder. The launcher
# also builds the runtime where it is missing.
compile() {
    (cd "$sample" && "$root/opvc" compile --java-out "$build/java" --c-out "$build/c" "$@")
}

# The same for one of them.
compile_for_java() {
    (cd "$sample" && "$root/opvc" compile --java-out "$build/java" "$@")
}

compile_for_c() {
    (cd "$sample" && "$root/opvc" compile --c-out "$build/c" "$@")
}

# Lets Maven copy the libraries that the sample's pom.xml names, unless they have been copied before.
fetch_libraries() {
    if [ -d "$libraries" ] && [ ! "$sample/pom.xml" -nt "$libraries" ]; then
        return
    fi
    rm -rf "$libraries"
    mvn -B -q -f "$sample/pom.xml" package >&2
    touch "$libraries"
}

# The runtime's jar, those that it needs, and those that the sample needs.
class_path() {
    echo "$runtime/opvc-runtime.jar:$runtime/lib/*$(if [ -d "$libraries" ]; then echo ":$libraries/*"; fi)"
}

# Compiles the Java sources named, with those that were generated.
build_java() {
    mkdir -p "$build/classes"
    find "$build/java" -name '*.java' > "$build/sources"
    (cd "$sample" && javac -Xlint:all -Werror -d "$build/classes" -cp "$(class_path)" "@$build/sources" "$@")
}

# Compiles the C sources named to one program, which has the name of the first.
# shellcheck disable=SC2086 # The warnings are words.
build_c() {
    if ! command -v "${CC:-cc}" > /dev/null; then
        echo "left out: the C program, because there is no C compiler ${CC:-cc}"
        return
    fi
    (cd "$sample" && ${CC:-cc} -std=gnu11 -O2 -pthread $c_warnings -I "$build/c" -I "$root/runtime/c/include" \
        -o "$build/${1%.c}" "$@")
}

# Native access is what the runtime lives on; from Java 24 on, the JVM warns where it is not granted.
run_java() {
    java --enable-native-access=ALL-UNNAMED -cp "$build/classes:$(class_path)" "$@"
}

# Runs a C program with arguments, if there is one.
run_c() {
    if [ -x "$build/$1" ]; then
        program=$build/$1
        shift
        "$program" "$@"
    fi
}
