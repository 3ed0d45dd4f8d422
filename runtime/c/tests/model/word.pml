/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The protocol of a CPU's word (opv/word.h) where a process has sections, as a model for Spin. See README.md.
 *
 * CPU 0 has the word, its data, and two threads that take turns on it; CPUs 1 and 2 have a thread each that comes from
 * afar. Stores wait in a buffer of their CPU, in order, until they reach memory, at any later time: what x86 shows. A
 * thread sees its own CPU's buffer. membarrier() empties the buffers of others, and aborts the section that is running.
 *
 * SECTIONS, LOCKERS, REMOTES and LOOKS say how often each thread works, STORERS and REMOTE_THREADS how many of a kind there
 * are; MUTANT leaves something out.
 */
#ifndef MUTANT
#define MUTANT NONE
#endif

/* What a mutant leaves out, or does otherwise. */
#define NONE 0
#define NO_SECOND_LOOK 1
#define NO_BARRIER 2
#define STORE_KEEPS_VERSION 3
#define VERSION_AFTER_STORE 4
#define COMMIT_IGNORES_VERSION 5
#define COMMIT_KEEPS_VERSION 6
#define LOCK_IS_NO_SECTION 7
#define RELEASE_BEFORE_STORES 8
#define LOOK_DOES_NOT_LOOK_AGAIN 9
#define RELEASE_DOES_NOT_WAKE 10
#define SLEEPER_PASSES_NO_BARRIER 11
#define WOKEN_SAYS_NOTHING 12
#define LOSER_DOES_NOT_WAKE 13
#define LOCK_KEEPS_VERSION 14

#define CPUS 3
#define BUFFER 5

/* Places in memory. */
#define WORD 0
#define FIRST 1
#define SECOND 2
#define COUNT 3
#define OTHER 4
#define SLEEPERS 5
#define PLACES 6

/* Transactions of one store count here and there in turn: what is here is there, or is ahead by one. */
#define NEXT_PLACE (stores % 2 == 0 -> COUNT : OTHER)

/* A word is even and a version while it is idle, and odd and an owner while it is locked. */
#define IS_IDLE(w) (((w) & 1) == 0)
#define STEP 2
#define LOCKED_BY(thread) (2 * (thread) + 1)

byte memory[PLACES];
byte place_in[CPUS * BUFFER];
byte value_in[CPUS * BUFFER];
byte waiting[CPUS];

/* Of the two threads of CPU 0: which runs, and whether each is in a section, or has been stopped in one. */
byte running = 0;
bool in_section[2];
bool aborted[2];
bool has_ended[2];

/* Threads 0 and 1 are those of CPU 0, threads 2 and 3 come from afar. */
bool owns[4];
bool woken[4];
bool asleep[4];
byte ended = 0;
byte stores = 0;
byte locks = 0;

byte scan;

/* Whether a thread's CPU works for it: only CPU 0 has two to work for. */
#define RUNS (cpu != 0 || running == self)

/* What a CPU sees at a place. */
inline load(cpu, place, into)
{
    d_step {
        RUNS ->
        into = memory[place];
        scan = 0;
        do
        :: scan < waiting[cpu] ->
            if
            :: place_in[cpu * BUFFER + scan] == place -> into = value_in[cpu * BUFFER + scan]
            :: else
            fi;
            scan++
        :: else -> break
        od;
        scan = 0
    }
}

inline put(cpu, place, value)
{
    place_in[cpu * BUFFER + waiting[cpu]] = place;
    value_in[cpu * BUFFER + waiting[cpu]] = value;
    waiting[cpu]++
}

inline drain_one(cpu)
{
    memory[place_in[cpu * BUFFER]] = value_in[cpu * BUFFER];
    scan = 1;
    do
    :: scan < waiting[cpu] ->
        place_in[cpu * BUFFER + scan - 1] = place_in[cpu * BUFFER + scan];
        value_in[cpu * BUFFER + scan - 1] = value_in[cpu * BUFFER + scan];
        scan++
    :: else -> break
    od;
    waiting[cpu]--;
    place_in[cpu * BUFFER + waiting[cpu]] = 0;
    value_in[cpu * BUFFER + waiting[cpu]] = 0;
    scan = 0
}

inline drain(cpu)
{
    do
    :: waiting[cpu] > 0 -> drain_one(cpu)
    :: else -> break
    od
}

/* A plain store. */
inline store(cpu, place, value)
{
    d_step { RUNS && waiting[cpu] < BUFFER -> put(cpu, place, value) }
}

/* The buffers of the CPUs, which empty themselves when they like. */
proctype buffers(byte cpu)
{
end:
    do
    :: d_step { waiting[cpu] > 0 -> drain_one(cpu) }
    od
}

/*
 * The kernel's scheduler on CPU 0. Whoever is stopped in a section goes on at its end, having done nothing. Threads that
 * run are stopped SWITCHES times at most, which keeps the model small; where one has ended, the other goes on.
 */
proctype scheduler()
{
    byte switches = 0;
end:
    do
    :: d_step {
           switches < SWITCHES || has_ended[running] ->
           if
           :: has_ended[running]
           :: else -> switches++
           fi;
           drain(0);
           if
           :: in_section[running] -> in_section[running] = false; aborted[running] = true
           :: else
           fi;
           running = 1 - running
       }
    od
}

/* membarrier() for sections: CPU 0 is interrupted. */
inline barrier_sections()
{
    d_step {
        drain(0);
        if
        :: in_section[running] -> in_section[running] = false; aborted[running] = true
        :: else
        fi
    }
}

/* membarrier() for all threads. */
inline barrier_all()
{
    d_step { drain(0); drain(1); drain(2) }
}

inline wake()
{
    d_step {
        RUNS ->
        drain(cpu);
        if
        :: memory[SLEEPERS] != 0 ->
            memory[SLEEPERS] = 0;
            if
            :: asleep[2] -> asleep[2] = false; woken[2] = true
            :: else ->
                if
                :: asleep[3] -> asleep[3] = false; woken[3] = true
                :: else
                fi
            fi
        :: else
        fi
    }
}

/* What the owner of a word does, and how it gives the word back: plain stores, then a look for sleepers. */
inline work_and_release(next)
{
    assert(!owns[0] && !owns[1] && !owns[2] && !owns[3]);
    owns[self] = true;
    load(cpu, FIRST, value);
    store(cpu, FIRST, value + 1);
    load(cpu, SECOND, value);
#if MUTANT == RELEASE_BEFORE_STORES
    owns[self] = false;
    store(cpu, WORD, next);
    store(cpu, SECOND, value + 1);
#else
    store(cpu, SECOND, value + 1);
    /* Another may own it from the moment on at which it sees the word. */
    d_step { RUNS && waiting[cpu] < BUFFER -> owns[self] = false; put(cpu, WORD, next) }
#endif
    locks++;
#if MUTANT != RELEASE_DOES_NOT_WAKE
    load(cpu, SLEEPERS, value);
    if
    :: value != 0 -> wake()
    :: else
    fi
#endif
}

#define GOES_ON (RUNS && !aborted[self])

/* A store of a section, unless the thread has been stopped in it. */
inline store_in_section(place, value)
{
    if
    :: d_step { GOES_ON && waiting[cpu] < BUFFER -> put(cpu, place, value) }
    :: aborted[self] -> skip
    fi
}

/* The thread of CPU 0 whose transactions make one store: in one section, or prepared and committed by one. */
proctype storer(byte self)
{
    byte cpu = 0;
    byte seen;
    byte value;
    byte done = 0;
    do
    :: done == SECTIONS -> break
    :: done < SECTIONS ->
        if
        :: d_step { RUNS -> aborted[self] = false; in_section[self] = true };
            /* One section: the word, its next version, the store that counts. */
            load(cpu, WORD, seen);
            if
            :: !GOES_ON || !IS_IDLE(seen) -> skip
            :: else ->
#if MUTANT != STORE_KEEPS_VERSION && MUTANT != VERSION_AFTER_STORE
                store_in_section(WORD, seen + STEP);
#endif
                load(cpu, NEXT_PLACE, value);
                if
                :: d_step { GOES_ON && waiting[cpu] < BUFFER -> put(cpu, NEXT_PLACE, value + 1); done++; stores++;
#if MUTANT == VERSION_AFTER_STORE
                       put(cpu, WORD, seen + STEP);
#endif
                       in_section[self] = false }
                :: aborted[self] -> skip
                fi
            fi
        :: RUNS ->
            /* An attempt: prepared on a version, committed by a section that finds it. */
            load(cpu, WORD, seen);
            if
            :: IS_IDLE(seen) ->
                load(cpu, NEXT_PLACE, value);
                d_step { RUNS -> aborted[self] = false; in_section[self] = true };
                byte now;
                load(cpu, WORD, now);
                if
#if MUTANT == COMMIT_IGNORES_VERSION
                :: !GOES_ON || !IS_IDLE(now) -> skip
#else
                :: !GOES_ON || now != seen -> skip
#endif
                :: else ->
#if MUTANT != COMMIT_KEEPS_VERSION
                    store_in_section(WORD, now + STEP);
#endif
                    if
                    :: d_step { GOES_ON && waiting[cpu] < BUFFER -> put(cpu, NEXT_PLACE, value + 1); done++; stores++;
                           in_section[self] = false }
                    :: aborted[self] -> skip
                    fi
                fi;
                now = 0
            :: else
            fi
        fi;
        d_step { in_section[self] = false; aborted[self] = false; seen = 0; value = 0 }
    od;
    atomic { has_ended[self] = true; ended++ }
}

/* The thread of CPU 0 that takes the word in a section, and works on two places. */
proctype locker(byte self)
{
    byte cpu = 0;
    byte seen;
    byte value;
    byte done = 0;
    do
    :: done == LOCKERS -> break
    :: d_step { done < LOCKERS && RUNS -> aborted[self] = false; in_section[self] = true };
        load(cpu, WORD, seen);
#if MUTANT == LOCK_IS_NO_SECTION
        in_section[self] = false;
        if
        :: RUNS && IS_IDLE(seen) -> store(cpu, WORD, LOCKED_BY(self)); done++;
#else
        if
        :: d_step { GOES_ON && IS_IDLE(seen) && waiting[cpu] < BUFFER -> put(cpu, WORD, LOCKED_BY(self)); done++;
               in_section[self] = false };
#endif
#if MUTANT == LOCK_KEEPS_VERSION
            work_and_release(seen)
#else
            work_and_release(seen + STEP)
#endif
        :: aborted[self] -> skip
        :: GOES_ON && !IS_IDLE(seen) -> skip
        fi;
        d_step { in_section[self] = false; aborted[self] = false; seen = 0; value = 0 }
    od;
    atomic { has_ended[self] = true; ended++ }
}

/* A try to take the word from afar: by compare-and-swap, a barrier, and a second look. */
inline seize()
{
    taken = false;
    d_step {
        drain(cpu);
        seen = memory[WORD];
        swapped = IS_IDLE(seen);
        if
        :: swapped -> memory[WORD] = LOCKED_BY(self)
        :: else
        fi
    }
    if
    :: swapped ->
#if MUTANT != NO_BARRIER
        barrier_sections();
#endif
        load(cpu, WORD, value);
#if MUTANT == NO_SECOND_LOOK
        value = LOCKED_BY(self);
#endif
        if
        :: value == LOCKED_BY(self) -> taken = true
        :: else ->
            /* A section has won, and does not look for those who saw this thread's name in the word. */
#if MUTANT != LOSER_DOES_NOT_WAKE
            load(cpu, SLEEPERS, value);
            if
            :: value != 0 -> wake()
            :: else
            fi
#else
            skip
#endif
        fi
    :: else
    fi
}

/*
 * Whoever comes from afar: tries, then sleeps until the word is given back, and so on. TRIES, where it is not 0, are the
 * tries after which it gives up, because each may move the version on, and the model would not end.
 */
proctype remote(byte self; byte cpu)
{
    byte seen;
    byte value;
    byte done = 0;
    byte tries = 0;
    bool taken;
    bool swapped;
    do
    :: done == REMOTES -> break
    :: done < REMOTES ->
        seize();
        do
        :: taken || (TRIES > 0 && tries == TRIES) -> break
        :: !taken && !(TRIES > 0 && tries == TRIES) ->
            if
            :: TRIES > 0 -> tries++
            :: else
            fi;
#if MUTANT == WOKEN_SAYS_NOTHING
            if
            :: woken[self] -> skip
            :: else -> d_step { drain(cpu); memory[SLEEPERS] = 1 }
            fi;
#else
            d_step { drain(cpu); memory[SLEEPERS] = 1 };
#endif
            woken[self] = false;
#if MUTANT != SLEEPER_PASSES_NO_BARRIER
            barrier_all();
#endif
            seize();
            load(cpu, WORD, value);
            if
            :: !taken && !IS_IDLE(value) ->
                /* The system call sleeps only while there are sleepers to be woken. */
                d_step {
                    if
                    :: memory[SLEEPERS] == 1 -> asleep[self] = true
                    :: else -> woken[self] = true
                    fi
                }
                (woken[self])
            :: else
            fi
        od;
        if
        :: taken -> work_and_release(seen + STEP)
        :: else
        fi;
        done++;
        d_step { seen = 0; value = 0; tries = 0; taken = false; swapped = false; woken[self] = false }
    od;
    ended++
}

/* Who only looks, from CPU 2: all that was read between two looks at one word is of one moment. */
proctype looker()
{
    byte self = 3;
    byte cpu = 2;
    byte seen;
    byte again;
    byte first;
    byte second;
    byte count;
    byte other;
    byte done = 0;
    do
    :: done == LOOKS -> break
    :: done < LOOKS ->
        load(cpu, WORD, seen);
        if
        :: IS_IDLE(seen) ->
            load(cpu, FIRST, first);
            load(cpu, COUNT, count);
            load(cpu, SECOND, second);
            load(cpu, OTHER, other);
#if MUTANT == LOOK_DOES_NOT_LOOK_AGAIN
            again = seen;
#else
            load(cpu, WORD, again);
#endif
            assert(again != seen || (first == second && (count == other || count == other + 1)))
        :: else
        fi;
        done++;
        d_step { seen = 0; again = 0; first = 0; second = 0; count = 0; other = 0 }
    od;
    ended++
}

#define THREADS (STORERS + (LOCKERS > 0) + REMOTE_THREADS + (LOOKS > 0))

init {
    atomic {
        has_ended[0] = (STORERS == 0);
        has_ended[1] = (LOCKERS == 0 && STORERS < 2);
        running = (STORERS == 0);
        run buffers(0);
        if
        :: REMOTE_THREADS > 0 -> run buffers(1)
        :: else
        fi;
        if
        :: REMOTE_THREADS > 1 -> run buffers(2)
        :: else
        fi;
        if
        :: !has_ended[0] && !has_ended[1] -> run scheduler()
        :: else
        fi;
        if
        :: STORERS > 0 -> run storer(0)
        :: else
        fi;
        if
        :: STORERS > 1 -> run storer(1)
        :: else
        fi;
        if
        :: LOCKERS > 0 -> run locker(1)
        :: else
        fi;
        if
        :: REMOTE_THREADS > 0 -> run remote(2, 1)
        :: else
        fi;
        if
        :: REMOTE_THREADS > 1 -> run remote(3, 2)
        :: else
        fi;
        if
        :: LOOKS > 0 -> run looker()
        :: else
        fi
    }
    (ended == THREADS);
    d_step { drain(0); drain(1); drain(2) };
    assert(memory[COUNT] == (stores + 1) / 2 && memory[OTHER] == stores / 2);
    assert(memory[FIRST] == locks && memory[SECOND] == locks);
    assert(IS_IDLE(memory[WORD]))
}
