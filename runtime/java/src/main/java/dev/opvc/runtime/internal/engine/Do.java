// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.internal.os.RawMemory;

/**
 * Step 3 of 4: the operations themselves, on a vector that has passed check and pin, under the CPU's exclusion.
 * Allocates nothing and cannot block.
 */
final class Do {
    private Do() {}

    /** Runs a vector; returns 0, or the 1-based index of the comparison that stopped it. */
    static int run(long ops, int count) {
        for (int i = 0; i < count; i++) {
            if (!step(Ops.at(ops, i))) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Runs one operation; false if it is a comparison that does not hold. */
    private static boolean step(long op) {
        int len = Ops.lengthBits(op);
        long first = RawMemory.getLong(op + CpuOp.FIRST_OPERAND_OFFSET);
        long second = RawMemory.getLong(op + CpuOp.SECOND_OPERAND_OFFSET);
        switch (Ops.number(op)) {
            case CpuOp.CPU_COMPARE_EQ_OP -> {
                return Compare.equal(first, second, len);
            }
            case CpuOp.CPU_COMPARE_NE_OP -> {
                return !Compare.equal(first, second, len);
            }
            case CpuOp.CPU_MEMCPY_OP -> Copy.copy(first, second, len);
            case CpuOp.CPU_ADD_OP -> Word.store(first, len, Word.load(first, len) + second);
            case CpuOp.CPU_OR_OP -> Word.store(first, len, Word.load(first, len) | second);
            case CpuOp.CPU_AND_OP -> Word.store(first, len, Word.load(first, len) & second);
            case CpuOp.CPU_XOR_OP -> Word.store(first, len, Word.load(first, len) ^ second);
            case CpuOp.CPU_LSHIFT_OP -> Word.store(first, len, Word.load(first, len) << Ops.shiftBits(op));
            case CpuOp.CPU_RSHIFT_OP -> Word.store(first, len, Word.load(first, len) >>> Ops.shiftBits(op));
            case CpuOp.CPU_MB_OP -> RawMemory.fullFence();
            default -> throw new AssertionError(Ops.name(Ops.number(op)) + " has passed the check");
        }
        return true;
    }
}
