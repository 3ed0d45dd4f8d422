// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.internal.os.RawMemory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the members of the union {@code u} have in common: which operands are addresses, written, and fault how. */
public enum OpShape {
    COMPARE(
            new Operand("a", CpuOp.FIRST_OPERAND_OFFSET, CpuOp.FIRST_EXPECT_FAULT_OFFSET, false),
            new Operand("b", CpuOp.SECOND_OPERAND_OFFSET, CpuOp.SECOND_EXPECT_FAULT_OFFSET, false)),
    MEMCPY(
            new Operand("dst", CpuOp.FIRST_OPERAND_OFFSET, CpuOp.FIRST_EXPECT_FAULT_OFFSET, true),
            new Operand("src", CpuOp.SECOND_OPERAND_OFFSET, CpuOp.SECOND_EXPECT_FAULT_OFFSET, false)),
    ARITHMETIC(new Operand("p", CpuOp.FIRST_OPERAND_OFFSET, CpuOp.FIRST_EXPECT_FAULT_OFFSET, true)),
    BITWISE(new Operand("p", CpuOp.FIRST_OPERAND_OFFSET, CpuOp.FIRST_EXPECT_FAULT_OFFSET, true)),
    SHIFT(new Operand("p", CpuOp.FIRST_OPERAND_OFFSET, CpuOp.SHIFT_EXPECT_FAULT_OFFSET, true)),
    BARRIER();

    /**
     * An operand that is an address.
     *
     * @param name the member of the union
     * @param offset where the address is, in bytes from the operation's start
     * @param expectFaultOffset where its expect_fault is
     * @param written whether the bytes must be writable
     */
    public record Operand(String name, int offset, int expectFaultOffset, boolean written) {
        public long address(long op) {
            return RawMemory.getLong(op + offset);
        }

        public boolean faultIsExpected(long op) {
            return RawMemory.getByte(op + expectFaultOffset) != 0;
        }
    }

    // An array, because the hot path walks it; nobody writes to it.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Operand[] inOrder;

    OpShape(Operand... inOrder) {
        this.inOrder = inOrder;
    }

    /** The addresses, in the order in which they are checked. */
    public List<Operand> operands() {
        return List.of(inOrder);
    }

    /** The address of this name; null if this shape has none. */
    public @Nullable Operand operand(String name) {
        for (Operand operand : inOrder) {
            if (operand.name.equals(name)) {
                return operand;
            }
        }
        return null;
    }

    /** The same for the hot path; not to be written to. */
    Operand[] inOrder() {
        return inOrder;
    }

    private static final OpShape[] BY_NUMBER = byNumber();

    private static OpShape[] byNumber() {
        OpShape[] shapes = new OpShape[CpuOp.NR_CPU_OPS];
        for (int number = 0; number < shapes.length; number++) {
            shapes[number] = switch (number) {
                case CpuOp.CPU_COMPARE_EQ_OP, CpuOp.CPU_COMPARE_NE_OP -> COMPARE;
                case CpuOp.CPU_MEMCPY_OP -> MEMCPY;
                case CpuOp.CPU_ADD_OP -> ARITHMETIC;
                case CpuOp.CPU_OR_OP, CpuOp.CPU_AND_OP, CpuOp.CPU_XOR_OP -> BITWISE;
                case CpuOp.CPU_LSHIFT_OP, CpuOp.CPU_RSHIFT_OP -> SHIFT;
                case CpuOp.CPU_MB_OP -> BARRIER;
                default -> throw new AssertionError("operation " + number + " has no shape");
            };
        }
        return shapes;
    }

    /** The shape of an operation by its number; null if there is no such operation. */
    public static @Nullable OpShape of(int number) {
        return number >= 0 && number < CpuOp.NR_CPU_OPS ? BY_NUMBER[number] : null;
    }
}
