// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import dev.opvc.runtime.internal.os.Libc;
import dev.opvc.runtime.internal.os.PossibleCpus;
import java.util.BitSet;

/**
 * The CPUs of this machine. All methods may be called from any thread.
 *
 * <p>Per-CPU memory has a slot for every <em>possible</em> CPU, not for every online one: CPUs come and go, a
 * container's share changes, and each thread may have its own affinity mask.
 */
public final class Cpus {
    private static final BitSet POSSIBLE = PossibleCpus.read();
    private static final int SLOTS = POSSIBLE.length();
    private static final boolean CONTIGUOUS = POSSIBLE.cardinality() == SLOTS;

    private Cpus() {}

    /** How many slots there are: the highest possible CPU number plus one. Constant while the process runs. */
    public static int possible() {
        return SLOTS;
    }

    /** Whether this is the number of a possible CPU; false for any other number. */
    public static boolean isPossible(int cpu) {
        return cpu >= 0 && cpu < SLOTS && (CONTIGUOUS || POSSIBLE.get(cpu));
    }

    /**
     * A possible CPU that the calling thread probably runs on: a hint of where to work with little contention, never a
     * reason why work is right. It may be some hundred calls old, and the thread may migrate at any time.
     */
    public static int current() {
        return CurrentCpu.hint();
    }

    /**
     * Returns the CPU number given.
     *
     * @throws IllegalArgumentException if it is not a possible CPU
     */
    public static int checkPossible(int cpu) {
        if (!isPossible(cpu)) {
            String range = CONTIGUOUS ? "0 to " + (SLOTS - 1) : POSSIBLE.toString();
            throw new IllegalArgumentException("CPU " + cpu + " is not possible on this machine; possible: " + range);
        }
        return cpu;
    }

    /** Asks the kernel where the calling thread runs; folds an answer that cannot be into the possible range. */
    static int ask() {
        int cpu = Libc.schedGetcpu();
        return isPossible(cpu) ? cpu : POSSIBLE.nextSetBit(0);
    }
}
