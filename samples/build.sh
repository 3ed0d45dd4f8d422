# SPDX-License-Identifier: Apache-2.0
# Sourced by the samples' run scripts: how a sample is compiled and run. What is made goes to the sample's build folder.
set -eu

sample=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$sample/../.." && pwd)
build=$sample/build
runtime=$root/runtime/java/target

if [ -n "${JAVA_HOME:-}" ]; then
    PATH=$JAVA_HOME/bin:$PATH
fi

# Not every compiler knows every warning; these are the ones that generated C promises to be free of.
c_warnings="-Wall -Wextra -Wconversion -Wshadow -Wcomment -Werror"

# Compiles an .opv file of the sample for both targets. The launcher also builds the runtime where it is missing.
compile() {
    "$root/opvc" compile --java-out "$build/java" --c-out "$build/c" "$sample/$1"
}

# The runtime's jar and those that it needs.
class_path() {
    echo "$runtime/opvc-runtime.jar:$runtime/lib/*"
}

build_java() {
    mkdir -p "$build/classes"
    find "$build/java" -name '*.java' > "$build/sources"
    javac -Xlint:all -Werror -d "$build/classes" -cp "$(class_path)" "@$build/sources" "$sample/$1"
}

# shellcheck disable=SC2086 # The warnings are words.
build_c() {
    if ! command -v "${CC:-cc}" > /dev/null; then
        echo "left out: the C program, because there is no C compiler ${CC:-cc}"
        return
    fi
    ${CC:-cc} -std=gnu11 -O2 -pthread $c_warnings -I "$build/c" -I "$root/runtime/c/include" \
        -o "$build/${1%.c}" "$sample/$1"
}

run_java() {
    java -cp "$build/classes:$(class_path)" "$@"
}

run_c() {
    if [ -x "$build/$1" ]; then
        "$build/$1"
    fi
}
