// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.internal.memory.Regions;
import dev.opvc.runtime.internal.os.RawMemory;
import java.util.concurrent.locks.LockSupport;

/**
 * Each CPU's exclusion within this process: a word in the CPU's region, 0 when free, taken by compare-and-swap.
 *
 * <p>Taking acquires and giving back releases: what was done under the word happens before what is done under it
 * next. The word is not reentrant and belongs to no thread. A thread that holds one must not block, allocate on the
 * Java heap, or call code that it does not know. So a virtual thread never leaves its carrier under a word (it waits
 * before it takes one, never after), and no holder waits for another. A holder can be preempted, and then the others
 * wait for the scheduler.
 */
public final class Exclusion {
    private static final int FREE = 0;
    private static final int TAKEN = 1;

    /** A vector takes tens of nanoseconds, so a holder that runs is gone after this many looks. */
    private static final int SPINS = 64;

    /** After that the holder is preempted, perhaps in favour of this thread. */
    private static final int YIELDS = 32;

    private static final long PARK_NANOS = 50_000;

    private Exclusion() {}

    // The path that takes the word makes the same calls as the one that gives it back. A thread that is about to
    // overflow its stack therefore does so here, while nothing is taken.
    static void acquire(int cpu) {
        long word = Regions.lockWord(cpu);
        if (!RawMemory.compareAndSetInt(word, FREE, TAKEN)) {
            await(word);
        }
    }

    static void release(int cpu) {
        RawMemory.putIntRelease(Regions.lockWord(cpu), FREE);
    }

    /**
     * Waits until nothing that had begun before this call runs on any CPU, and until what runs there later sees all
     * that the caller wrote before.
     */
    public static void passEveryCpu() {
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            if (Cpus.isPossible(cpu)) {
                acquire(cpu);
                release(cpu);
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private static void await(long word) {
        for (int attempt = 0; !tryAcquire(word); attempt++) {
            if (attempt < SPINS) {
                Thread.onSpinWait();
            } else if (attempt < SPINS + YIELDS) {
                Thread.yield();
            } else {
                // An interrupted thread does not park: it then yields, and its interrupt stays set.
                LockSupport.parkNanos(PARK_NANOS);
                Thread.yield();
            }
        }
    }

    private static boolean tryAcquire(long word) {
        return RawMemory.getIntAcquire(word) == FREE && RawMemory.compareAndSetInt(word, FREE, TAKEN);
    }
}
