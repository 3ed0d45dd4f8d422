// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import dev.opvc.runtime.internal.engine.Check;
import dev.opvc.runtime.internal.engine.Operand;
import dev.opvc.runtime.internal.engine.Ops;
import dev.opvc.runtime.internal.engine.Pin;
import dev.opvc.runtime.internal.os.Errno;

/**
 * Finds out why a vector failed. The engine says only what kind of error it was, as the system call does. The vector
 * still stands, so the reason is found by looking again; memory may have changed meanwhile.
 */
final class VectorFailures {
    private VectorFailures() {}

    /** What to throw for a negative errno. */
    static RuntimeException of(int result, long ops, int count, int cpu) {
        if (result == -CpuOpv.EFAULT || result == -CpuOpv.EAGAIN) {
            return fault(ops, count, result == -CpuOpv.EAGAIN);
        }
        String reason = Check.explain(ops, count);
        if (reason == null) {
            String refusal =
                    Errno.name(-result) + ": the " + Engines.current().name() + " engine refused it on CPU " + cpu;
            return new IllegalStateException(refusal + "; nothing is wrong with the vector, so it may be tried again");
        }
        return new IllegalArgumentException(Errno.name(-result) + ": " + reason);
    }

    /** What to throw for memory that is not accessible. */
    static MemoryFaultException fault(long ops, int count, boolean expected) {
        int fault = Pin.firstFault(ops, count);
        String kind = expected ? "an expected fault (EAGAIN): " : "a fault (EFAULT): ";
        if (fault == Pin.NO_FAULT) {
            return new MemoryFaultException(kind + "the memory is accessible again by now", 0, "", 0, expected);
        }
        int index = Pin.operation(fault);
        long op = Ops.at(ops, index);
        Operand operand = Pin.operand(ops, fault);
        String message = kind + operand.name() + " of operation " + (index + 1) + " cannot be "
                + (operand.written() ? "written" : "read") + ": " + Check.describe(op);
        return new MemoryFaultException(message, index + 1, operand.name(), operand.address(op), expected);
    }
}
