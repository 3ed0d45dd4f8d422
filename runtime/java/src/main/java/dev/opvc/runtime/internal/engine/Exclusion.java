// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.internal.os.PossibleCpus;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Each CPU's exclusion within this process: a word, 0 when free, taken by compare-and-swap. The idiom is
 *
 * <pre>{@code
 * int[] words = Exclusion.WORDS;
 * int word = Exclusion.acquire(cpu);
 * try {
 *     work();
 *     VarHandle.releaseFence();
 * } finally {
 *     words[word] = Exclusion.FREE;
 * }
 * }</pre>
 *
 * <p>The words are elements of a Java array so that giving one back is a single bytecode that calls nothing. Any call,
 * even of an intrinsic, can end in a StackOverflowError while it is interpreted; a call that should have freed a word
 * would then leave it taken for ever. For the same reason the fence comes before, inside the {@code try}: where it, or
 * the work, throws, the JVM's own way of throwing orders the stores.
 *
 * <p>Taking acquires and giving back releases: what was done under the word happens before what is done under it
 * next. The word is not reentrant and belongs to no thread. A thread that holds one must not block, wait for another
 * word, or call code that it does not know. So a virtual thread never leaves its carrier under a word (it waits before
 * it takes one, never after). A holder can be preempted, and then the others wait for the scheduler.
 */
public final class Exclusion {
    public static final int FREE = 0;
    private static final int TAKEN = 1;

    /** A word every 128 bytes, so that no two share a cache line or a pair of lines fetched together. */
    private static final int SPACING_BITS = 5;

    /** All CPUs' words, after one space that keeps the array's head apart. */
    @SuppressWarnings("MutablePublicArray")
    public static final int[] WORDS = new int[(PossibleCpus.SLOTS + 2) << SPACING_BITS];

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(int[].class);

    /** A vector takes tens of nanoseconds, so a holder that runs is gone after this many looks. */
    private static final int SPINS = 64;

    /** After that the holder is preempted, perhaps in favour of this thread. */
    private static final int YIELDS = 32;

    private static final long PARK_NANOS = 50_000;

    private Exclusion() {}

    /** Takes a possible CPU's word, and returns its index among {@link #WORDS}. */
    public static int acquire(int cpu) {
        int word = (cpu + 1) << SPACING_BITS;
        if (!WORD.compareAndSet(WORDS, word, FREE, TAKEN)) {
            await(word);
        }
        return word;
    }

    /**
     * Waits until nothing that had begun before this call runs on any CPU, and until what runs there later sees all
     * that the caller wrote before.
     */
    public static void passEveryCpu() {
        int[] words = WORDS;
        for (int cpu = 0; cpu < PossibleCpus.SLOTS; cpu++) {
            if (PossibleCpus.contain(cpu)) {
                VarHandle.releaseFence();
                int word = acquire(cpu);
                words[word] = FREE;
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private static void await(int word) {
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

    private static boolean tryAcquire(int word) {
        return (int) WORD.getOpaque(WORDS, word) == FREE && WORD.compareAndSet(WORDS, word, FREE, TAKEN);
    }
}
