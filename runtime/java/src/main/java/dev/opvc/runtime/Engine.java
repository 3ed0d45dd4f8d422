// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import java.util.function.BooleanSupplier;

/**
 * Executes operation vectors. There is one engine in a process, {@link Engines#current()}. All methods may be called
 * from any thread. Vectors on one CPU happen one after another: what one wrote, the next one sees.
 */
public interface Engine {
    /** What {@link #execute} returns if its condition did not hold; no errno and no index. */
    int CONDITION_FAILED = Integer.MIN_VALUE;

    /** In place of a set of operations to pin: all of them, and none has been held against the limits yet. */
    int CHECK_ALL = -1;

    /** A short name for people, such as {@code user space}. */
    String name();

    /** The system call, as {@link CpuOpv#cpuOpv} describes it. */
    int cpuOpv(long ops, int count, int cpu, int flags);

    /**
     * Executes a vector on the data of any possible CPU, whatever the calling thread's affinity.
     *
     * @param ops the address of the operations, in memory of the runtime that no other thread changes meanwhile
     * @param count how many there are, 0 to {@link CpuOp#CPU_OP_VEC_LEN_MAX}
     * @param pins {@link #CHECK_ALL}; or, where the caller knows that no limit is broken, the operations with memory that
     *     may not be accessible: bit {@code 1 << i} for that of index i
     * @param cpu a possible CPU
     * @param condition asked once, under the CPU's exclusion and before the first operation; must be short and must
     *     not block, allocate or throw
     * @return 0, or the 1-based index of the comparison that stopped the vector, or a negative errno, or {@link
     *     #CONDITION_FAILED}; after a negative result nothing has changed
     */
    int execute(long ops, int count, int pins, int cpu, BooleanSupplier condition);
}
