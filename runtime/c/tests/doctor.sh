# SPDX-License-Identifier: Apache-2.0
# doctor.sh PROGRAM
# What opv-doctor says has to be what the machine says, and what is needed and not there has to fail.
doctor=$1
failures=0

fail() {
    failures=$((failures + 1))
    echo "doctor: FAIL: $1"
}

report=$("$doctor") || fail "a report without needs fails"
case $report in
    *"possible CPUs: $(cat /sys/devices/system/cpu/possible 2>/dev/null || echo 0)"*) ;;
    *) fail "the possible CPUs are not the kernel's: $report" ;;
esac
case $("$doctor" --json) in
    '{"runtime": "C '*'"slots": '*', "usableCpus": "'*'"missing": []}') ;;
    *) fail "the JSON has another form" ;;
esac
GLIBC_TUNABLES=glibc.pthread.rseq=0 "$doctor" --json --need sections >"$doctor.json"
[ $? -eq 1 ] || fail "sections without rseq are not missing"
grep -q '"rseq": false, .*"sections": false, .*"missing": \["sections"\]}$' "$doctor.json" || fail "sections are not named as missing"
[ "$(taskset -c 0 "$doctor" 2>/dev/null | sed -n 's/^usable CPUs: //p')" = 0 ] || fail "usable CPUs are not those of the mask"
OPV_FORM=vector "$doctor" | grep -q '^form of generated functions: vector' || fail "the form is not the environment's"
"$doctor" --need luck 2>/dev/null
[ $? -eq 2 ] || fail "a need of no known name is taken"

[ $failures -eq 0 ] || exit 1
echo "doctor: ok"
