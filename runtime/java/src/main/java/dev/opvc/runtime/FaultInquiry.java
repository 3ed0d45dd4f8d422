// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import dev.opvc.runtime.internal.engine.Pin;
import java.util.function.BooleanSupplier;

/**
 * Finds out what it means that a vector's memory was not accessible: the caller's error, or a pointer that somebody has
 * changed since it was read.
 *
 * <p>The fault is looked at again under the CPU's exclusion. There nobody changes the pointers, so that one moment has
 * both what was read and memory that is not accessible.
 */
final class FaultInquiry {
    private final long ops;
    private final VectorMemories memories;
    private final BooleanSupplier faultsStill = this::faultsStill;

    private int size;
    private int fault;

    /**
     * @param ops the vector's operations
     * @param memories what it works on
     */
    FaultInquiry(long ops, VectorMemories memories) {
        this.ops = ops;
        this.memories = memories;
    }

    /**
     * Executes the comparisons that stand first in the vector, up to the operation that faults.
     *
     * @param size how many operations it has
     * @param conditions how many of them, from the first, are comparisons
     * @param expected whether the fault was
     * @return the 1-based index of the comparison that stopped it; {@link Engine#CONDITION_FAILED} if nothing faults any
     *     more
     * @throws MemoryFaultException if all comparisons hold
     */
    int executeBeforeFault(int size, int cpu, int conditions, boolean expected) {
        this.size = size;
        fault = Pin.firstFault(ops, size);
        if (fault == Pin.NO_FAULT) {
            return Engine.CONDITION_FAILED;
        }
        int before = Math.min(Pin.operation(fault), conditions);
        int result = Engines.current().execute(ops, before, Engine.CHECK_ALL, cpu, faultsStill);
        if (result == Engine.CONDITION_FAILED && !memories.getAsBoolean()) {
            throw PerCpuMemory.closed();
        }
        if (result == 0) {
            throw VectorFailures.fault(ops, size, expected);
        }
        if (result < 0 && result != Engine.CONDITION_FAILED) {
            throw VectorFailures.of(result, ops, size, cpu);
        }
        return result;
    }

    private boolean faultsStill() {
        return memories.getAsBoolean() && Pin.firstFault(ops, size) == fault;
    }
}
