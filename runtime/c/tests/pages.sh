# SPDX-License-Identifier: Apache-2.0
# pages.sh PROGRAM
# Runs a program where 8,192 CPUs are possible: behind a mount of its own, the kernel's list is another.
program=$1
list=$program.possible

echo 0-8191 >"$list"
if ! unshare -rm mount --bind "$list" /sys/devices/system/cpu/possible 2>/dev/null; then
    echo "left out: pages on 8,192 CPUs, because the kernel's list of CPUs cannot be replaced here"
    exec "$program"
fi
exec unshare -rm sh -c 'mount --bind "$1" /sys/devices/system/cpu/possible && exec "$2"' pages "$list" "$program"
