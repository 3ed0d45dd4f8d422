// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.internal.os.RawMemory;

/**
 * An operand of an operation that is an address.
 *
 * @param name the member of the union {@code u}
 * @param offset where the address is, in bytes from the operation's start
 * @param expectFaultOffset where its expect_fault is
 * @param written whether the bytes must be writable
 */
public record Operand(String name, int offset, int expectFaultOffset, boolean written) {
    private static final byte EXPECT_FAULT = 1;

    static final Operand A = first("a", false);
    static final Operand B = second("b", false);
    static final Operand DST = first("dst", true);
    static final Operand SRC = second("src", false);
    static final Operand P = first("p", true);

    /** The bits of a shift take four bytes only, so its expect_fault stands elsewhere. */
    static final Operand SHIFTED_P =
            new Operand("p", CpuOp.FIRST_OPERAND_OFFSET, CpuOp.SHIFT_EXPECT_FAULT_OFFSET, true);

    private static Operand first(String name, boolean written) {
        return new Operand(name, CpuOp.FIRST_OPERAND_OFFSET, CpuOp.FIRST_EXPECT_FAULT_OFFSET, written);
    }

    private static Operand second(String name, boolean written) {
        return new Operand(name, CpuOp.SECOND_OPERAND_OFFSET, CpuOp.SECOND_EXPECT_FAULT_OFFSET, written);
    }

    /** The address that an operation has here. */
    public long address(long op) {
        return RawMemory.getLong(op + offset);
    }

    /** Has an operation say that the memory may be gone. */
    public void expectFault(long op) {
        RawMemory.putByte(op + expectFaultOffset, EXPECT_FAULT);
    }

    /** Whether the operation says that the memory may be gone. */
    public boolean faultIsExpected(long op) {
        return RawMemory.getByte(op + expectFaultOffset) != 0;
    }
}
