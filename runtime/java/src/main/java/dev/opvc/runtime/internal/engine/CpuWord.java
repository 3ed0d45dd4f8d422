// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.internal.memory.Beginnings;
import dev.opvc.runtime.internal.memory.Regions;
import dev.opvc.runtime.internal.os.PossibleCpus;
import dev.opvc.runtime.internal.os.RawMemory;
import java.util.concurrent.locks.LockSupport;

/**
 * The word of a CPU's exclusion, at the start of its region. It is closed until the CPU is used for the first time, as
 * memory is that nobody has written to: then it is not free, so that who only looks whether it is needs no other test.
 */
final class CpuWord {
    private static final int CLOSED = 0;
    private static final int TAKEN = 1;
    private static final int FREE = 2;

    static {
        // Nobody waits for the blank, which is used from the first.
        free(Regions.blank());
    }

    /** A unit takes tens of nanoseconds, so a holder that runs is gone after this many looks. */
    private static final int SPINS = 64;

    /** After that the holder is preempted, perhaps in favour of this thread. */
    private static final int YIELDS = 32;

    private static final long PARK_NANOS = 50_000;

    private CpuWord() {}

    static boolean isFree(long region) {
        return RawMemory.getIntAcquire(region + Regions.WORD_OFFSET) == FREE;
    }

    /** Has a CPU be used: its slots hold what they begin with, and its word is open. */
    static void open(int cpu) {
        Beginnings.use(cpu, Regions.region(cpu) + Regions.WORD_OFFSET, CLOSED, FREE);
    }

    private static boolean isClosed(long region) {
        return RawMemory.getIntAcquire(region + Regions.WORD_OFFSET) == CLOSED;
    }

    /** Takes the word, if it is free. */
    static boolean take(long region) {
        return RawMemory.compareAndSwapInt(region + Regions.WORD_OFFSET, FREE, TAKEN);
    }

    /** Gives it back: whoever takes it next sees all that stands before. */
    static void free(long region) {
        RawMemory.putIntRelease(region + Regions.WORD_OFFSET, FREE);
    }

    /** Waits for this word, and takes it; returns the region. */
    static long await(long region) {
        if (isClosed(region)) {
            open(Regions.cpuOf(region));
        }
        for (int round = 0; !takeIfFree(region); round++) {
            pause(round);
        }
        return region;
    }

    /**
     * Takes the word of any CPU that is used, and returns its region. It begins where the calling thread runs, which it
     * has be used, and goes on to others, so that a holder that does not run holds nobody up while another such word is
     * free.
     */
    static long awaitAny() {
        long here = CurrentCpu.ask();
        int first = Regions.cpuOf(here);
        if (isClosed(here)) {
            open(first);
        }
        for (int round = 0; ; round++) {
            int cpu = first;
            do {
                long region = Regions.region(cpu);
                if (Beginnings.isUsed(cpu) && isFree(region)) {
                    // Asks the thread for its id, which a subclass may answer with any code of its own. So it goes
                    // before the swap: between that and the caller's try, nothing may be called that can throw.
                    CurrentCpu.remember(region);
                    if (take(region)) {
                        return region;
                    }
                }
                cpu = PossibleCpus.after(cpu);
            } while (cpu != first);
            pause(round);
        }
    }

    /** A failed swap would take the line from the holder; a look does not. */
    private static boolean takeIfFree(long region) {
        return isFree(region) && take(region);
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private static void pause(int round) {
        if (round < SPINS) {
            Thread.onSpinWait();
        } else if (round < SPINS + YIELDS) {
            Thread.yield();
        } else {
            // An interrupted thread does not park: it then yields, and its interrupt stays set.
            LockSupport.parkNanos(PARK_NANOS);
            Thread.yield();
        }
    }
}
