# SPDX-License-Identifier: Apache-2.0
# check-runner.sh RUNNER
# Tests the runner itself: what it must pass, what it must fail, and what it must refuse with the line that is wrong.
runner=$1
directory=$(mktemp -d) || exit 1
trap 'rm -rf "$directory"' EXIT
file=$directory/cases.txt
failures=0
left_out=77

# expect STATUS TEXT: runs the cases on stdin; the runner must exit with STATUS and print TEXT.
expect() {
    cat >"$file"
    "$runner" "$file" >"$directory/output" 2>&1
    status=$?
    if [ $status -eq $left_out ]; then
        cat "$directory/output"
        exit 0
    fi
    if [ $status -ne "$1" ] || ! grep -qF -e "$2" "$directory/output"; then
        failures=$((failures + 1))
        echo "runner: FAIL: expected status $1 and '$2', got status $status and:"
        cat "$directory/output"
    fi
}

region='region pages=1 seed=0x1'
call='call count=1 cpu=current flags=0'

# one RESULT CHANGES OPERATION…: one case of one operation.
one() {
    result=$1 changes=$2
    shift 2
    printf 'case one\n%s\nop %s\n%s\nret %s\n%s\nend\n' "$region" "$*" "$call" "$result" "$changes"
}

one 0 '' mb | expect 0 '1 passed, 0 failed'
one -EFAULT '' add len=8 p=0x0 count=1 | expect 0 '1 passed, 0 failed'
one -EAGAIN '' add len=8 p=0x0 count=1 fault_p | expect 0 '1 passed, 0 failed'
one -EFAULT '' xor len=8 p=+4092 mask=1 | expect 0 '1 passed, 0 failed'
one -EFAULT '' or len=8 p=+4096 mask=0 | expect 0 '1 passed, 0 failed'
one -EAGAIN '' memcpy len=1 dst=+0 src=+18446744073709551615 fault_src | expect 0 '1 passed, 0 failed'
one -EINVAL '' lshift len=8 p=+0 bits=4294967295 | expect 0 '1 passed, 0 failed'
one -EINVAL '' -1 len=0 | expect 0 '1 passed, 0 failed'
one -EINVAL '' 2147483647 len=4294967295 | expect 0 '1 passed, 0 failed'
{ one 0 '' mb; printf '\n\n'; one 0 '' mb; } | expect 0 '2 passed, 0 failed'
printf 'case crlf\r\n%s\r\n%s\r\nret 0\r\nend\r\n' "$region" 'call count=0 cpu=current flags=0' |
    expect 0 '1 passed, 0 failed'
printf 'case flag\n%s\ncall count=2147483647 cpu=-2147483648 flags=2\nret 16\nend' "$region" |
    expect 0 '1 passed, 0 failed'
printf 'case count\n%s\ncall count=-2147483648 cpu=current flags=0\nret -EINVAL\nend' "$region" |
    expect 0 '1 passed, 0 failed'
printf 'case large\nregion pages=3000 seed=0xffffffffffffffff\npage 2999 none\nop memcpy len=1 dst=+12287999 src=+0\n%s\nret -EFAULT\nend' "$call" |
    expect 0 '1 passed, 0 failed'

one 1 '' mb | expect 1 'result: expected 1, actual 0'
one -EFAULT '' mb | expect 1 '0 passed, 1 failed'
one 0 'mem +16 00' mb | expect 1 'memory at +16, 1 bytes'
one 0 '' xor len=1 p=+4095 mask=1 | expect 1 'memory at +4095, 1 bytes'
{ one 0 '' mb; one 2 '' mb; } | expect 1 '1 passed, 1 failed'
printf '\n\n' | expect 1 '0 passed, 0 failed'

one 0 '' multiply len=8 p=+0 count=1 | expect 2 "cases.txt:3: unknown operation 'multiply'"
one 0 '' add p=+0 count=1 | expect 2 'cases.txt:3: len= is missing'
one 0 '' add len=8 len=8 p=+0 count=1 | expect 2 'cases.txt:3: len= is there twice'
one 0 '' add len=4294967296 p=+0 count=1 | expect 2 'cases.txt:3: 4294967296 is not between'
one 0 '' add len=-1 p=+0 count=1 | expect 2 'cases.txt:3: -1 is not between'
one 0 '' add len=8 p=0 count=1 | expect 2 "not '0'"
one 0 '' add len=8 p=+0 count=99999999999999999999 | expect 2 'not a number of at most 64 bits'
one 0 '' add len=8 p=+0 count=1x | expect 2 'not a number'
one 0 '' add len=8 p=+0 count=1 fault_a | expect 2 "this operation has no 'fault_a'"
one 0 '' add len=8 p=+0 count=1 src=+0 | expect 2 "this operation has no 'src=+0'"
one 0 'mem +4096 00' mb | expect 2 "'mem' goes beyond the region"
one 0 'mem +4095 0' mb | expect 2 'half a byte'
one 0 'mem +0 0g' mb | expect 2 "'g' is not a hexadecimal digit"
one -EPERM '' mb | expect 2 "'-EPERM' is not a number"
one 0 'page 1 ro' mb | expect 2 '1 is not between 0 and 0'
one 0 'page 0 rw' mb | expect 2 "a page is 'ro' or 'none'"
one 0 'hello' mb | expect 2 "unknown keyword 'hello'"
one 0 "$region" mb | expect 2 'a case has one region'
printf 'case short\n%s\nop mb\ncall count=2 cpu=current flags=0\nret 0\nend\n' "$region" |
    expect 2 'count=2 but 1 operations'
printf 'case open\n%s\nop mb\n%s\nret 0\n' "$region" "$call" | expect 2 'case open does not end'
printf 'case bare\nend\n' | expect 2 "case bare has no 'region' line"
printf 'end\n' | expect 2 "cases.txt:1: 'end' outside of a case"
printf 'case huge\nregion pages=99999999999999 seed=0x0\nend\n' | expect 2 'cases.txt:2:'
printf 'case zero\nregion pages=0 seed=0x0\nend\n' | expect 2 'cases.txt:2: 0 is not between'

if [ $failures -ne 0 ]; then
    echo "runner: $failures failures"
    exit 1
fi
echo "runner: ok"
