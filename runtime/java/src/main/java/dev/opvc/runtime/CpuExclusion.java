// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import dev.opvc.runtime.internal.engine.Exclusion;

/**
 * A CPU's exclusion for the direct form of generated code: what runs under it excludes every other unit and every
 * vector on that CPU, whichever threads they run on. It is for generated code alone, in this shape:
 *
 * <pre>{@code
 * int[] words = CpuExclusion.WORDS;
 * int word = CpuExclusion.enter(cpu);
 * try {
 *     memory.requireOpen();
 *     // plain loads and stores, no calls of unknown code
 *     VarHandle.releaseFence();
 *     return outcome;
 * } finally {
 *     words[word] = CpuExclusion.FREE;
 * }
 * }</pre>
 *
 * <p>Giving the exclusion back is a store into an array and no call, because a call could end in a StackOverflowError
 * and leave the CPU taken for ever. Entering acquires; the fence before the store releases. The exclusion is not
 * reentrant, and a thread that has one must neither block nor enter another. Has no meaning for the kernel engine, which
 * knows vectors only.
 */
public final class CpuExclusion {
    /** What a word holds when nobody has entered. */
    public static final int FREE = Exclusion.FREE;

    /** All CPUs' words. Only the thread that has entered stores into a word, and only {@link #FREE}. */
    @SuppressWarnings("MutablePublicArray")
    public static final int[] WORDS = Exclusion.WORDS;

    private CpuExclusion() {}

    /**
     * Waits until nobody has a CPU's exclusion, and takes it. May be called from any thread.
     *
     * @param cpu a possible CPU
     * @return the index of its word among {@link #WORDS}
     * @throws IllegalArgumentException if the CPU is not possible
     */
    public static int enter(int cpu) {
        if (!Cpus.isPossible(cpu)) {
            Cpus.checkPossible(cpu);
        }
        return Exclusion.acquire(cpu);
    }
}
