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

    /** The best way that this kernel offers. */
    private static final Accessibility ACCESSIBILITY =
            PopulateAccessibility.isSupported() ? new PopulateAccessibility() : new ReadAndMapsAccessibility();

    private Pin() {}

    /**
     * The first operand that cannot be accessed as its operation will, as a number that operations and operands are
     * counted by in the order in which they are checked; {@link #NO_FAULT} if there is none. The vector has passed the
     * check.
     */
    public static int firstFault(long ops, int count) {
        for (int i = 0; i < count; i++) {
            int fault = faultOf(ops, i);
            if (fault != NO_FAULT) {
                return fault;
            }
        }
        return NO_FAULT;
    }

    /**
     * As {@link #firstFault}, of some operations of a vector.
     *
     * @param pins which: bit {@code 1 << i} for that of index i
     */
    static int firstFaultOf(long ops, int pins) {
        for (int left = pins; left != 0; left &= left - 1) {
            int fault = faultOf(ops, Integer.numberOfTrailingZeros(left));
            if (fault != NO_FAULT) {
                return fault;
            }
        }
        return NO_FAULT;
    }

    private static int faultOf(long ops, int index) {
        long op = Ops.at(ops, index);
        Operand[] operands = Operation.checked(op).operands();
        int len = Ops.lengthBits(op);
        for (int i = 0; i < operands.length; i++) {
            if (!isAccessible(operands[i].address(op), len, operands[i].written())) {
                return index * Operation.OPERANDS_MAX + i;
            }
        }
        return NO_FAULT;
    }

    /** Whether a vector keeps the limits, and no operation faults that is not among those to pin. */
    public static boolean isComplete(long ops, int count, int pins) {
        int others = (1 << count) - 1 & ~pins;
        return Check.passes(ops, count) && firstFaultOf(ops, others) == NO_FAULT;
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
        return fault / Operation.OPERANDS_MAX;
    }

    /** The operand of this number. */
    public static Operand operand(long ops, int fault) {
        Operation operation = Operation.checked(Ops.at(ops, operation(fault)));
        return operation.operands()[fault % Operation.OPERANDS_MAX];
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
