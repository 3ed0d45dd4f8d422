// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.internal.os.RawMemory;
import org.jspecify.annotations.Nullable;

/**
 * The operations, in the order of their numbers. A row says how long it may be (check) and which of its operands are
 * addresses (pin); what it does is its case in {@link #run}. That is a switch and no method of each constant, because a
 * call that may go to ten places is not inlined, and costs more than most operations.
 */
public enum Operation {
    COMPARE_EQ(CpuOp.CPU_COMPARE_EQ_OP, Limit.DATA, Immediate.NONE, Operand.A, Operand.B),
    COMPARE_NE(CpuOp.CPU_COMPARE_NE_OP, Limit.DATA, Immediate.NONE, Operand.A, Operand.B),
    MEMCPY(CpuOp.CPU_MEMCPY_OP, Limit.DATA, Immediate.NONE, Operand.DST, Operand.SRC),
    ADD(CpuOp.CPU_ADD_OP, Limit.WORD, Immediate.COUNT, Operand.P),
    OR(CpuOp.CPU_OR_OP, Limit.WORD, Immediate.MASK, Operand.P),
    AND(CpuOp.CPU_AND_OP, Limit.WORD, Immediate.MASK, Operand.P),
    XOR(CpuOp.CPU_XOR_OP, Limit.WORD, Immediate.MASK, Operand.P),
    LSHIFT(CpuOp.CPU_LSHIFT_OP, Limit.SHIFT, Immediate.BITS, Operand.SHIFTED_P),
    RSHIFT(CpuOp.CPU_RSHIFT_OP, Limit.SHIFT, Immediate.BITS, Operand.SHIFTED_P),
    MB(CpuOp.CPU_MB_OP, Limit.NONE, Immediate.NONE);

    /** Addresses that an operation has, at most. */
    static final int OPERANDS_MAX = 2;

    // An array, because the hot path walks it; nobody writes to it.
    private static final Operation[] BY_NUMBER = values();

    private final int number;
    private final Limit limit;
    private final Immediate immediate;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Operand[] operands;

    Operation(int number, Limit limit, Immediate immediate, Operand... operands) {
        this.number = number;
        this.limit = limit;
        this.immediate = immediate;
        this.operands = operands;
    }

    /** The operation of this number; null if there is none. */
    public static @Nullable Operation of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    /** An operation of a vector that has passed the check. */
    static Operation checked(long op) {
        return BY_NUMBER[Ops.number(op)];
    }

    /** Runs the operation at {@code op}, which is of this kind; false if it is a comparison that does not hold. */
    boolean run(long op) {
        int len = Ops.lengthBits(op);
        long first = Ops.first(op);
        return switch (this) {
            case COMPARE_EQ -> Compare.equal(first, Ops.second(op), len);
            case COMPARE_NE -> !Compare.equal(first, Ops.second(op), len);
            case MEMCPY -> {
                Copy.copy(first, Ops.second(op), len);
                yield true;
            }
            case ADD -> Word.replace(first, len, Word.load(first, len) + Ops.second(op));
            case OR -> Word.replace(first, len, Word.load(first, len) | Ops.second(op));
            case AND -> Word.replace(first, len, Word.load(first, len) & Ops.second(op));
            case XOR -> Word.replace(first, len, Word.load(first, len) ^ Ops.second(op));
            case LSHIFT -> Word.replace(first, len, Word.load(first, len) << Ops.shiftBits(op));
            case RSHIFT -> Word.replace(first, len, Word.load(first, len) >>> Ops.shiftBits(op));
            case MB -> {
                RawMemory.fullFence();
                yield true;
            }
        };
    }

    public int number() {
        return number;
    }

    /** The constant's name in C. */
    public String constant() {
        return "CPU_" + name() + "_OP";
    }

    /** Whether the operation at {@code op}, which is of this kind, keeps its limit. */
    boolean isWithinLimit(long op) {
        return limit.allows(op);
    }

    /** What an operation is that does not, in words. */
    String excess() {
        return limit.excess();
    }

    /** What the operation adds to the bytes that its vector covers. */
    long countedLength(long op) {
        return limit == Limit.NONE ? 0 : Ops.length(op);
    }

    /** The addresses, in the order in which they are checked; not to be written to. */
    Operand[] operands() {
        return operands;
    }

    /** The address of this name that the operation at {@code op}, of a known number, has; null if it has none. */
    public static @Nullable Operand operand(long op, String name) {
        for (Operand operand : checked(op).operands) {
            if (operand.name().equals(name)) {
                return operand;
            }
        }
        return null;
    }

    /** The operation at {@code op} as a person would read it. */
    String describe(long op) {
        StringBuilder text = new StringBuilder(constant());
        if (limit != Limit.NONE) {
            text.append(" len=").append(Ops.length(op));
        }
        for (Operand operand : operands) {
            text.append(' ').append(operand.name()).append("=0x").append(Long.toHexString(operand.address(op)));
            if (operand.faultIsExpected(op)) {
                text.append(" (fault expected)");
            }
        }
        return text.append(immediate.describe(op)).toString();
    }
}
