// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.internal.os.Libc;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Step 1 of 4: holds a vector to the limits, before any memory that it names is touched. */
public final class Check {
    /** What an operation can break. */
    enum Rule {
        KNOWN_OP("its op is unknown; known are 0 to " + (CpuOp.NR_CPU_OPS - 1)),
        DATA_LEN("its len exceeds CPU_OP_DATA_LEN_MAX = " + CpuOp.CPU_OP_DATA_LEN_MAX),
        ARITHMETIC_LEN("its len is not 1, 2, 4 or 8"),
        SHIFT_BITS("it shifts by its whole width or more"),
        PAGES("it touches more than CPU_OP_MAX_PAGES = " + CpuOp.CPU_OP_MAX_PAGES + " pages");

        private final String text;

        Rule(String text) {
            this.text = text;
        }
    }

    private static final long PAGE_SIZE = Libc.getpagesize();

    private Check() {}

    /** Whether all operations, of a count within 0..CPU_OP_VEC_LEN_MAX, are within the limits. */
    static boolean passes(long ops, int count) {
        long total = 0;
        for (int i = 0; i < count; i++) {
            long op = Ops.at(ops, i);
            if (brokenBy(op) != null) {
                return false;
            }
            total += countedLength(op);
        }
        return total <= CpuOp.CPU_OP_VEC_DATA_LEN_MAX;
    }

    /** What makes a vector invalid, in words; null if nothing does. */
    public static @Nullable String explain(long ops, int count) {
        if (count < 0 || count > CpuOp.CPU_OP_VEC_LEN_MAX) {
            return "a vector has 0 to " + CpuOp.CPU_OP_VEC_LEN_MAX + " operations, not " + count;
        }
        long total = 0;
        for (int i = 0; i < count; i++) {
            long op = Ops.at(ops, i);
            Rule rule = brokenBy(op);
            if (rule != null) {
                return String.format(Locale.ROOT, "operation %d (%s): %s", i + 1, Ops.toString(op), rule.text);
            }
            total += countedLength(op);
        }
        if (total > CpuOp.CPU_OP_VEC_DATA_LEN_MAX) {
            return "the operations cover " + total + " bytes; CPU_OP_VEC_DATA_LEN_MAX is "
                    + CpuOp.CPU_OP_VEC_DATA_LEN_MAX;
        }
        return null;
    }

    private static long countedLength(long op) {
        return Ops.number(op) == CpuOp.CPU_MB_OP ? 0 : Ops.length(op);
    }

    private static @Nullable Rule brokenBy(long op) {
        OpShape shape = OpShape.of(Ops.number(op));
        if (shape == null) {
            return Rule.KNOWN_OP;
        }
        Rule broken = switch (shape) {
            case COMPARE, MEMCPY -> Ops.length(op) > CpuOp.CPU_OP_DATA_LEN_MAX ? Rule.DATA_LEN : null;
            case ARITHMETIC, BITWISE -> Word.isSize(Ops.lengthBits(op)) ? null : Rule.ARITHMETIC_LEN;
            case SHIFT -> brokenByShift(op);
            case BARRIER -> null;
        };
        return broken == null && pages(op, shape) > CpuOp.CPU_OP_MAX_PAGES ? Rule.PAGES : broken;
    }

    private static @Nullable Rule brokenByShift(long op) {
        int len = Ops.lengthBits(op);
        if (!Word.isSize(len)) {
            return Rule.ARITHMETIC_LEN;
        }
        return Integer.compareUnsigned(Ops.shiftBits(op), len * Byte.SIZE) < 0 ? null : Rule.SHIFT_BITS;
    }

    private static long pages(long op, OpShape shape) {
        long pages = 0;
        for (OpShape.Operand operand : shape.inOrder()) {
            pages += pages(operand.address(op), Ops.length(op));
        }
        return pages;
    }

    private static long pages(long address, long len) {
        return len == 0 ? 0 : ((address & (PAGE_SIZE - 1)) + len + PAGE_SIZE - 1) / PAGE_SIZE;
    }
}
