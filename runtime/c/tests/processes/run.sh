# SPDX-License-Identifier: Apache-2.0
# run.sh CC FLAGS BUILD
# What real processes do: fork, cancel threads, load objects that each have the implementation, and unload them.
cc=$1 flags=$2 build=$3
here=$(cd "$(dirname "$0")" && pwd)
include=$here/../../include
set -e

# plugin NAME INCLUDE FLAG…
plugin() {
    name=$1 from=$2
    shift 2
    $cc -std=gnu11 $flags -I"$from" "$@" -fPIC -shared -pthread "$here/plugin.c" -o "$build/$name.so"
}

plugin plugin-1 "$include"
plugin plugin-2 "$include"
plugin plugin-hidden "$include" -fvisibility=default -Wl,-Bsymbolic -O1
rm -rf "$build/other-version"
mkdir -p "$build/other-version"
cp -R "$include/opv" "$build/other-version/opv"
sed 's/#define OPV_VERSION ".*"/#define OPV_VERSION "0.0.test"/' "$include/opv/engine.h" > "$build/other-version/opv/engine.h"
plugin plugin-other "$build/other-version"

$cc -std=gnu11 $flags -I"$include" -pthread "$here/main.c" -ldl -o "$build/processes"
$cc -std=gnu11 $flags -I"$include" -DPROCESSES_IMPLEMENTS -pthread "$here/main.c" -o "$build/processes-own"

"$build/processes-own" fork
"$build/processes-own" cancel
"$build/processes-own" open
"$build/processes-own" open-in-fork
"$build/processes" two "$build/plugin-1.so" "$build/plugin-2.so"
"$build/processes" two "$build/plugin-1.so" "$build/plugin-hidden.so"
"$build/processes" versions "$build/plugin-1.so" "$build/plugin-other.so" 2> "$build/versions.log"
grep -q 'versions 0.0.test' "$build/versions.log"
"$build/processes" close "$build/plugin-1.so"
