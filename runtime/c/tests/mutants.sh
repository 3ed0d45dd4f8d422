# SPDX-License-Identifier: Apache-2.0
# mutants.sh CC FLAGS BUILD SOURCE
# Leaves out, one at a time, what the word's protocol stands on, and expects the stress test SOURCE to notice. Only what
# this machine can show is here.
cc=$1 flags=$2 build=$3 source=$4
here=$(cd "$(dirname "$0")" && pwd)
failures=0

# mutant NAME FILE SED: found if the program fails, dies or hangs, in one of three runs.
mutant() {
    name=$1 file=$2 change=$3
    mutated=$build/mutant-$name
    rm -rf "$mutated"
    mkdir -p "$mutated"
    cp -R "$here/../include" "$mutated/include"
    sed "$change" "$here/../include/opv/$file" > "$mutated/include/opv/$file"
    if cmp -s "$here/../include/opv/$file" "$mutated/include/opv/$file"; then
        echo "mutants: FAIL: $name: nothing to change in $file any more"
        failures=$((failures + 1))
        return
    fi
    if ! $cc $flags -Wno-unused -I"$mutated/include" -pthread "$source" "$here/../src/opv.c" -o "$mutated/run"; then
        echo "mutants: FAIL: $name does not compile"
        failures=$((failures + 1))
        return
    fi
    for attempt in 1 2 3; do
        if ! WORDS_SECONDS=2 timeout -s KILL 20 "$mutated/run" > "$mutated/output" 2>&1; then
            echo "mutants: $name: found"
            rm -rf "$mutated"
            return
        fi
    done
    echo "mutants: FAIL: $name was not found"
    failures=$((failures + 1))
}

if [ "$(uname -m)" != x86_64 ]; then
    echo "mutants: left out, they are of the sections for x86-64"
    exit 0
fi

mutant no-second-look impl/word.h 's/if (opv_word_state(word) != self)/if (0)/'
mutant no-barrier impl/word.h 's/    opv_membarrier_sections(cpu);//'
mutant single-store-keeps-version machine/x86_64.h 's/#define OPV_ASM_MOVE_ON .*/#define OPV_ASM_MOVE_ON ""/'
mutant commit-keeps-version machine/x86_64.h 's/#define OPV_ASM_STILL_MOVE_ON .*/#define OPV_ASM_STILL_MOVE_ON ""/'
mutant commit-ignores-version machine/x86_64.h '/define OPV_ASM_STILL(/,/^$/ s/jne %l\[" #busy "\]\\n\\t" *$/"/'
mutant lock-not-stored machine/x86_64.h 's/orq $2, %%rax\\n\\tmovq %%rax, (%\[words\],%\[here\])/nop/'
mutant aborted-log-forgotten attempt.h 's/return opv_log_finish(.*/return false;/'
mutant aborted-log-taken-for-done attempt.h 's/return opv_log_finish(.*/return true;/'
mutant helper-sets-no-flag impl/log.h 's/        __atomic_store_n(&log->done, 1, __ATOMIC_RELEASE);//'
mutant local-helper-sets-no-flag machine/x86_64.h 's/movq $1, (%%rsi)/nop/'
mutant pending-not-applied impl/log.h 's/        opv_log_apply(log);//'
mutant look-does-not-look-again look.h 's/return __builtin_expect(__atomic_load_n(.look->word->state, __ATOMIC_RELAXED) == look->seen, 1);/return true;/'

[ $failures -eq 0 ] || exit 1
