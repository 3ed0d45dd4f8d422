# SPDX-License-Identifier: Apache-2.0
# headers.sh CC CXX WARNINGS
# Compiles every public header alone, twice in one file, and with the implementation: as C11 and as C++17, with every
# warning on, with the given compilers and with GCC and Clang where they are there, for 64- and 32-bit pointers.
cc=$1 cxx=$2 warnings=$3
include=$(cd "$(dirname "$0")/../include" && pwd)
failures=0
done_=" "

# check WHAT SOURCE COMMAND…: counts a failure unless SOURCE compiles.
check() {
    what=$1
    source=$2
    shift 2
    if ! printf '%s' "$source" | "$@" -I"$include" -fsyntax-only -; then
        failures=$((failures + 1))
        echo "headers: FAIL: $what: $*"
    fi
}

# check_late COMMAND…: an implementation that comes behind a header of libc works, or is refused for that reason. The
# error is the first, and so the one that is read.
check_late() {
    late='#include <stdint.h>
#define OPV_IMPLEMENTATION
#include "opv/engine.h"
'
    output=$(printf '%s' "$late" | "$@" -I"$include" -fsyntax-only - 2>&1) && return
    case $(echo "$output" | grep error | head -n 1) in
        *"above every include"*) ;;
        *)
            failures=$((failures + 1))
            echo "headers: FAIL: not refused by the message meant for it: $*: $output"
            ;;
    esac
}

check_all() {
    for header in "$include"/opv/*.h; do
        name=opv/$(basename "$header")
        check "$name alone, twice" "#include \"$name\"
#include \"$name\"
" "$@"
    done
    check "the implementation" '#define OPV_IMPLEMENTATION
#include "opv/engine.h"
#include "opv/engine.h"
' "$@"
}

# C++20 has designated initialisers too, in the order of the members and without nested designators.
check_initialisers() {
    check "an initialiser" '#include "opv/cpu_opv.h"
struct cpu_op add(void *p);
struct cpu_op add(void *p)
{
    return {
        .op = CPU_ADD_OP, .len = 8,
        .u = {.arithmetic_op = {LINUX_FIELD_u32_u64_INIT_ONSTACK(.p, p), .count = 1, .expect_fault_p = 0}}
    };
}
' "$@"
}

# check_compiler COMPILER LANGUAGE STANDARD…
check_compiler() {
    compiler=$1 language=$2
    shift 2
    case $done_ in *" $language:$compiler "*) return ;; esac
    done_="$done_$language:$compiler "
    if ! command -v "${compiler%% *}" >/dev/null 2>&1; then
        echo "headers: $compiler: left out, it is not there"
        return
    fi
    for standard; do
        for optimize in -O0 -O2; do
            check_all $compiler -x "$language" -std="$standard" $optimize -Wpedantic $warnings
            check_late $compiler -x "$language" -std="$standard" $optimize -Wpedantic $warnings
        done
    done
    if [ "$language" = c++ ]; then
        check_initialisers $compiler -x c++ -std=c++20 -Wpedantic $warnings
    fi
    if echo '#include <errno.h>' | $compiler -m32 -x "$language" -fsyntax-only - 2>/dev/null; then
        check_all $compiler -m32 -x "$language" -std="$1" -O2 -Wpedantic $warnings
        if [ "$language" = c++ ]; then
            check_initialisers $compiler -m32 -x c++ -std=c++20 -Wpedantic $warnings
        fi
        echo "headers: $compiler: $*, 64 and 32 bits"
    else
        echo "headers: $compiler: $*; 32 bits left out, there are no headers for it"
    fi
}

check_compiler "$cc" c c11 gnu11
check_compiler gcc c c11 gnu11
check_compiler clang c c11 gnu11
check_compiler "$cxx" c++ c++17 gnu++17
check_compiler g++ c++ c++17 gnu++17
check_compiler clang++ c++ c++17 gnu++17

[ $failures -eq 0 ] || exit 1
echo "headers: ok"
