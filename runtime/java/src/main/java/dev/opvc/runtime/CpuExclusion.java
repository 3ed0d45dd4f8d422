// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import dev.opvc.runtime.internal.engine.Exclusion;
import dev.opvc.runtime.internal.engine.Preparation;
import dev.opvc.runtime.internal.engine.Snapshots;

/**
 * A CPU's exclusion for the direct form of generated code: what runs under it excludes every other unit and every
 * vector on that CPU, whichever threads they run on. It is for generated code alone, in this shape:
 *
 * <pre>{@code
 * long region = CpuExclusion.enter(cpu);
 * try {
 *     long slot = memory.slotIn(region);
 *     // plain loads and stores, no calls of unknown code
 *     return outcome;
 * } finally {
 *     CpuExclusion.leave(region);
 * }
 * }</pre>
 *
 * <p>Entering acquires, leaving releases. The exclusion is not reentrant, and a thread that has one must neither block
 * nor enter another. Entering throws StackOverflowError where the stack has no room for what the generated code calls
 * before it leaves, so that none of that does. Has no meaning for the kernel engine, which knows vectors only.
 *
 * <p>Who only reads need not enter: what it reads between {@link #version} and {@link #isStill} stood there at one
 * moment if the answer is yes.
 */
public final class CpuExclusion {
    /** In place of a CPU's number: any CPU, best the one that the calling thread runs on. */
    public static final int CURRENT = -1;

    /** What {@link #version} returns while somebody has the exclusion. */
    public static final long BUSY = Exclusion.BUSY;

    /** Snapshots to try before entering. */
    public static final int SNAPSHOTS_MAX = Snapshots.TURNS_MAX;

    private CpuExclusion() {}

    /**
     * Uses once what may be called under an exclusion, because the first use of a class may throw: it needs stack and
     * memory. Generated classes call it when they are initialised. May be called from any thread, and again.
     *
     * @param used classes that the caller uses under an exclusion: by naming them it has loaded them, and this
     *     initialises them
     */
    public static void prepare(Class<?>... used) {
        Preparation.prepare();
        for (Class<?> each : used) {
            try {
                Class.forName(each.getName(), true, each.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new LinkageError("a class that is loaded cannot be found by its own loader: " + each, e);
            }
        }
    }

    /**
     * Waits until nobody has a CPU's exclusion, and takes it. May be called from any thread.
     *
     * @param cpu a possible CPU, or {@link #CURRENT}: that waits only while all CPUs are taken
     * @return the CPU's region, for {@link #leave} and {@link PerCpuMemory#slotIn}
     * @throws IllegalArgumentException if the CPU is not possible
     */
    public static long enter(int cpu) {
        if (cpu == CURRENT) {
            return Exclusion.enterCurrent();
        }
        return Exclusion.enter(Cpus.checkPossible(cpu));
    }

    /**
     * Gives back what {@link #enter} took.
     *
     * @param region what it returned
     */
    public static void leave(long region) {
        Exclusion.leave(region);
    }

    /**
     * As {@link #enter}, for who sets back what he reads. Where nothing has run on the CPU yet, memory that holds what
     * slots begin with stands for it.
     *
     * @param cpu a possible CPU
     * @throws IllegalArgumentException if the CPU is not possible
     */
    public static long enterToDrain(int cpu) {
        return Exclusion.enterOrBlank(Cpus.checkPossible(cpu));
    }

    /**
     * The region of a CPU, for reading without its exclusion. Where nothing has run on the CPU yet, it is memory that
     * holds what slots begin with: so reading touches no page of such a CPU.
     *
     * @throws IllegalArgumentException if the CPU is not possible
     */
    public static long region(int cpu) {
        return Exclusion.regionToRead(Cpus.checkPossible(cpu));
    }

    /** Begins a snapshot: the version of what a CPU's slots hold, or {@link #BUSY}. */
    public static long version(long region) {
        return Exclusion.version(region);
    }

    /** Ends a snapshot: whether what has been read since {@link #version} returned stood there at one moment. */
    public static boolean isStill(long region, long version) {
        return Exclusion.isStill(region, version);
    }
}
