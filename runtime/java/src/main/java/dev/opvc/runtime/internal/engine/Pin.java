// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.internal.memory.Regions;
import dev.opvc.runtime.internal.os.Errno;

/**
 * Step 2 of 4: every byte that any operation touches must be accessible before the first one runs. In user space this
 * is a check and no pin: memory that another thread unmaps afterwards ends the process.
 */
public final class Pin {
    /** No operand faults. */
    public static final int NO_FAULT = -1;

    /** Faults are numbered by operation and operand, in the order in which they are found. */
    private static final int OPERANDS_MAX = 2;

    private static final Accessibility ACCESSIBILITY = Accessibility.best();

    private Pin() {}

    /** The number of the first operand that cannot be accessed as its operation will; {@link #NO_FAULT} if none. */
    public static int firstFault(long ops, int count) {
        for (int i = 0; i < count; i++) {
            long op = Ops.at(ops, i);
            OpShape shape = OpShape.of(Ops.number(op));
            if (shape == null) {
                throw new AssertionError(Ops.name(Ops.number(op)) + " has passed the check");
            }
            int operand = firstFault(op, shape.inOrder());
            if (operand != NO_FAULT) {
                return i * OPERANDS_MAX + operand;
            }
        }
        return NO_FAULT;
    }

    private static int firstFault(long op, OpShape.Operand[] operands) {
        int len = Ops.lengthBits(op);
        for (int i = 0; i < operands.length; i++) {
            if (!isAccessible(operands[i].address(op), len, operands[i].written())) {
                return i;
            }
        }
        return NO_FAULT;
    }

    /** Whether these bytes can be read, or written; none always can. */
    static boolean isAccessible(long address, int len, boolean write) {
        if (len == 0 || Regions.own(address, len)) {
            return true;
        }
        boolean wraps = Long.compareUnsigned(address + len - 1, address) < 0;
        // The upper half of the address space is the kernel's.
        return address > 0 && !wraps && ACCESSIBILITY.isAccessible(address, len, write);
    }

    /** The index from 0 of the operation whose operand has this number. */
    public static int operation(int fault) {
        return fault / OPERANDS_MAX;
    }

    /** The operand of this number. */
    public static OpShape.Operand operand(long ops, int fault) {
        OpShape shape = OpShape.of(Ops.number(Ops.at(ops, operation(fault))));
        if (shape == null) {
            throw new AssertionError("operand " + fault + " belongs to no operation");
        }
        return shape.inOrder()[fault % OPERANDS_MAX];
    }

    /** The negative errno that a fault of this operand is. */
    static int errno(long ops, int fault) {
        boolean expected = operand(ops, fault).faultIsExpected(Ops.at(ops, operation(fault)));
        return expected ? -Errno.EAGAIN : -Errno.EFAULT;
    }

    /** Whether an array of this many operations can be read. */
    static boolean isReadable(long ops, int count) {
        return isAccessible(ops, count * CpuOp.SIZE, false);
    }
}
