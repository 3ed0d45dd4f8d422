# SPDX-License-Identifier: Apache-2.0
# run.sh CC CXX FLAGS BUILD
# Builds and runs the program of two source files in every way in which state can be shared.
cc=$1 cxx=$2 flags=$3 build=$4
here=$(dirname "$0")
set -e

# run NAME LINKER ARGUMENT…: links the program and runs it.
run() {
    name=$1
    linker=$2
    shift 2
    $linker -pthread "$@" -o "$build/linkage-$name"
    printf '%s: ' "$name"
    "$build/linkage-$name"
}

c() {
    $cc -std=gnu11 $flags $1 -c "$here/$2" -o "$build/$3"
}

cxx() {
    $cxx -std=gnu++17 $flags $1 -x c++ -c "$here/$2" -o "$build/$3"
}

c -DLINKAGE_IMPLEMENTS main.c linkage-main-implements.o
c '' main.c linkage-main.o
c '' other.c linkage-other.o
run header "$cc" "$build/linkage-main-implements.o" "$build/linkage-other.o"
run library "$cc" "$build/linkage-main.o" "$build/linkage-other.o" "$build/libopv.a"
run shared-library "$cc" "$build/linkage-main.o" "$build/linkage-other.o" "$build/libopv.so" "-Wl,-rpath,$build"

# Where the addresses of libc's weak symbols are found by other means.
c '-fno-pie -DLINKAGE_IMPLEMENTS' main.c linkage-main-no-pie.o
run no-pie "$cc" -no-pie "$build/linkage-main-no-pie.o" "$build/linkage-other.o"
if $cc -static -pthread "$build/linkage-main-implements.o" "$build/linkage-other.o" \
        -o "$build/linkage-probe" 2>/dev/null; then
    run static "$cc" -static "$build/linkage-main-implements.o" "$build/linkage-other.o"
else
    echo "static: left out, there is no static libc"
fi

if command -v "${cxx%% *}" >/dev/null 2>&1; then
    cxx -DLINKAGE_IMPLEMENTS main.c linkage-main-implements-cxx.o
    cxx '' other.c linkage-other-cxx.o
    run cxx-header "$cxx" "$build/linkage-main-implements-cxx.o" "$build/linkage-other.o"
    run c-header-cxx-user "$cxx" "$build/linkage-main-implements.o" "$build/linkage-other-cxx.o"
else
    echo "C++ programs: left out, there is no $cxx"
fi
