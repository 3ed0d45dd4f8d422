// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.internal.os.RawMemory;

/** Reads the members of a {@code struct cpu_op}. */
public final class Ops {
    private static final String[] NAMES = {
        "CPU_COMPARE_EQ_OP",
        "CPU_COMPARE_NE_OP",
        "CPU_MEMCPY_OP",
        "CPU_ADD_OP",
        "CPU_OR_OP",
        "CPU_AND_OP",
        "CPU_XOR_OP",
        "CPU_LSHIFT_OP",
        "CPU_RSHIFT_OP",
        "CPU_MB_OP"
    };

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

    /** The second operand of arithmetic and bitwise operations: count or mask. */
    public static long value(long op) {
        return RawMemory.getLong(op + CpuOp.SECOND_OPERAND_OFFSET);
    }

    /** The second operand of shifts, an unsigned number. */
    public static int shiftBits(long op) {
        return RawMemory.getInt(op + CpuOp.SECOND_OPERAND_OFFSET);
    }

    /** The constant's name of an operation's number. */
    public static String name(int number) {
        return OpShape.of(number) == null ? "operation " + number : NAMES[number];
    }

    /** One operation as a person would read it. */
    public static String toString(long op) {
        OpShape shape = OpShape.of(number(op));
        StringBuilder text = new StringBuilder(name(number(op)));
        if (shape == null || shape == OpShape.BARRIER) {
            return text.toString();
        }
        text.append(" len=").append(length(op));
        for (OpShape.Operand operand : shape.operands()) {
            text.append(' ').append(operand.name()).append("=0x").append(Long.toHexString(operand.address(op)));
            if (operand.faultIsExpected(op)) {
                text.append(" (fault expected)");
            }
        }
        switch (shape) {
            case ARITHMETIC -> text.append(" count=").append(value(op));
            case BITWISE -> text.append(" mask=0x").append(Long.toHexString(value(op)));
            case SHIFT -> text.append(" bits=").append(Integer.toUnsignedString(shiftBits(op)));
            default -> {}
        }
        return text.toString();
    }
}
