// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.internal.memory.Regions;
import dev.opvc.runtime.internal.os.PossibleCpus;
import dev.opvc.runtime.internal.os.RawMemory;
import java.util.concurrent.locks.LockSupport;

/** The word of a CPU's exclusion, at the start of its region: 0 when free. */
final class CpuWord {
    private static final int FREE = 0;
    private static final int TAKEN = 1;

    /** A unit takes tens of nanoseconds, so a holder that runs is gone after this many looks. */
    private static final int SPINS = 64;

    /** After that the holder is preempted, perhaps in favour of this thread. */
    private static final int YIELDS = 32;

    private static final long PARK_NANOS = 50_000;

    private CpuWord() {}

    static boolean isFree(long region) {
        return RawMemory.getIntAcquire(region + Regions.WORD_OFFSET) == FREE;
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
        for (int round = 0; !takeIfFree(region); round++) {
            pause(round);
        }
        return region;
    }

    /**
     * Takes the word of any CPU, and returns its region. It begins where the calling thread runs and goes on to others,
     * so that a holder that does not run holds nobody up while another CPU's word is free.
     */
    static long awaitAny() {
        int first = Regions.cpuOf(CurrentCpu.ask());
        for (int round = 0; ; round++) {
            int cpu = first;
            do {
                long region = Regions.region(cpu);
                if (isFree(region)) {
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
