# SPDX-License-Identifier: Apache-2.0
# check.sh CC BUILD
# Has Spin look at every state of word.pml in small settings, and expects it to find each mutant.
cc=$1 build=$2/model
model=$(cd "$(dirname "$0")" && pwd)/word.pml
failures=0

if ! command -v spin >/dev/null; then
    echo "model: left out: spin is not installed"
    exit 0
fi
rm -rf "$build"
mkdir -p "$build"
cd "$build" || exit 1

# How many threads of each kind there are, and how often each works; see word.pml.
setting() {
    case $1 in
    # Transactions of one store, of a lock, and an owner from afar.
    exclusion) echo "-DSTORERS=1 -DSECTIONS=1 -DLOCKERS=1 -DREMOTE_THREADS=1 -DREMOTES=1 -DLOOKS=0 -DTRIES=1 -DSWITCHES=2" ;;
    # Somebody looks at what both kinds do.
    look) echo "-DSTORERS=1 -DSECTIONS=2 -DLOCKERS=1 -DREMOTE_THREADS=0 -DREMOTES=1 -DLOOKS=1 -DTRIES=1 -DSWITCHES=2" ;;
    # Two threads prepare and commit on one version.
    attempts) echo "-DSTORERS=2 -DSECTIONS=2 -DLOCKERS=0 -DREMOTE_THREADS=0 -DREMOTES=1 -DLOOKS=0 -DTRIES=1 -DSWITCHES=3" ;;
    # Two sleepers, and an owner that wakes them.
    sleep) echo "-DSTORERS=0 -DSECTIONS=0 -DLOCKERS=1 -DREMOTE_THREADS=2 -DREMOTES=1 -DLOOKS=0 -DTRIES=0 -DSWITCHES=2" ;;
    # Two from afar, of which a section may be quicker.
    lose) echo "-DSTORERS=1 -DSECTIONS=1 -DLOCKERS=0 -DREMOTE_THREADS=2 -DREMOTES=1 -DLOOKS=0 -DTRIES=1 -DSWITCHES=1" ;;
    esac
}

# Prints what was found in a setting, with a mutant: the number of errors, and of states. One error is enough.
search() {
    # shellcheck disable=SC2046
    spin -a -DMUTANT="$2" $(setting "$1") "$model" >spin.txt 2>&1 || { cat spin.txt; exit 1; }
    $cc -O1 -w -DSAFETY -DCOLLAPSE -o pan pan.c || exit 1
    ./pan -m100000 >pan.txt 2>&1
    sed -n 's/.*errors: \([0-9]*\).*/\1/p' pan.txt
    sed -n 's/^ *\([0-9]*\) states, stored.*/\1/p' pan.txt
}

holds() {
    # shellcheck disable=SC2046
    set -- "$1" $(search "$1" NONE)
    if [ "$2" = 0 ] && ! grep -q 'max search depth too small\|out of memory' pan.txt; then
        echo "model: $1: holds in $3 states"
    else
        echo "model: FAIL: $1"
        cat pan.txt
        failures=$((failures + 1))
    fi
}

mutant() {
    # shellcheck disable=SC2046
    set -- "$1" "$2" $(search "$1" "$2")
    if [ "$3" = 1 ]; then
        echo "model: $2: found"
    else
        echo "model: FAIL: $2 was not found"
        failures=$((failures + 1))
    fi
}

holds exclusion
holds look
holds attempts
holds sleep
holds lose
mutant exclusion NO_SECOND_LOOK
mutant exclusion NO_BARRIER
mutant look STORE_KEEPS_VERSION
mutant look VERSION_AFTER_STORE
mutant look COMMIT_KEEPS_VERSION
mutant look LOCK_KEEPS_VERSION
mutant look LOOK_DOES_NOT_LOOK_AGAIN
mutant attempts COMMIT_IGNORES_VERSION
mutant sleep LOCK_IS_NO_SECTION
mutant sleep RELEASE_BEFORE_STORES
mutant sleep RELEASE_DOES_NOT_WAKE
mutant sleep SLEEPER_PASSES_NO_BARRIER
mutant sleep WOKEN_SAYS_NOTHING
mutant lose LOSER_DOES_NOT_WAKE

[ $failures -eq 0 ] || exit 1
