// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import dev.opvc.runtime.internal.engine.CurrentCpu;
import dev.opvc.runtime.internal.os.PossibleCpus;

/**
 * The CPUs of this machine. All methods may be called from any thread.
 *
 * <p>Per-CPU memory has a slot for every <em>possible</em> CPU, not for every online one: CPUs come and go, a
 * container's share changes, and each thread may have its own affinity mask.
 */
public final class Cpus {
    private Cpus() {}

    /** How many slots there are: the highest possible CPU number plus one. Constant while the process runs. */
    public static int possible() {
        return PossibleCpus.SLOTS;
    }

    /** Whether this is the number of a possible CPU; false for any other number. */
    public static boolean isPossible(int cpu) {
        return PossibleCpus.contain(cpu);
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
            throw new IllegalArgumentException(
                    "CPU " + cpu + " is not possible on this machine; possible: " + PossibleCpus.describe());
        }
        return cpu;
    }
}
