// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.internal.os.RawMemory;

/** Reads and writes the members of a {@code struct cpu_op}. */
public final class Ops {
    private Ops() {}

    /** The address of an operation of the array, by its index from 0. */
    public static long at(long ops, int index) {
        return ops + (long) index * CpuOp.SIZE;
    }

    public static int number(long op) {
        return RawMemory.getInt(op + CpuOp.OP_OFFSET);
    }

    /** The length as the bits of an unsigned number. */
    public static int lengthBits(long op) {
        return RawMemory.getInt(op + CpuOp.LEN_OFFSET);
    }

    public static long length(long op) {
        return Integer.toUnsignedLong(lengthBits(op));
    }

    /** The first operand. */
    static long first(long op) {
        return RawMemory.getLong(op + CpuOp.FIRST_OPERAND_OFFSET);
    }

    /** The second operand, unless it is that of a shift. */
    static long second(long op) {
        return RawMemory.getLong(op + CpuOp.SECOND_OPERAND_OFFSET);
    }

    /** The second operand of shifts, an unsigned number. */
    static int shiftBits(long op) {
        return RawMemory.getInt(op + CpuOp.SECOND_OPERAND_OFFSET);
    }

    /** Writes an operation, none of whose faults is expected. */
    public static void write(long op, int number, int len, long first, long second) {
        RawMemory.putInt(op + CpuOp.OP_OFFSET, number);
        RawMemory.putInt(op + CpuOp.LEN_OFFSET, len);
        RawMemory.putLong(op + CpuOp.FIRST_OPERAND_OFFSET, first);
        RawMemory.putLong(op + CpuOp.SECOND_OPERAND_OFFSET, second);
        RawMemory.putLong(op + CpuOp.FIRST_EXPECT_FAULT_OFFSET, 0);
    }

    /** The same for a shift, whose second operand has four bytes. */
    public static void writeShift(long op, int number, int len, long p, int bits) {
        write(op, number, len, p, 0);
        RawMemory.putInt(op + CpuOp.SECOND_OPERAND_OFFSET, bits);
    }
}
