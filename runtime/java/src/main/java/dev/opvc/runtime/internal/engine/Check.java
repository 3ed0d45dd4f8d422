// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.CpuOp;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Step 1 of 4: holds a vector to the limits, before any memory that it names is touched. */
public final class Check {
    private static final String UNKNOWN = "its op is unknown; known are 0 to " + (CpuOp.NR_CPU_OPS - 1);

    private Check() {}

    /** Whether all operations, of a count within 0..CPU_OP_VEC_LEN_MAX, are within the limits. */
    static boolean passes(long ops, int count) {
        long total = 0;
        for (int i = 0; i < count; i++) {
            long op = Ops.at(ops, i);
            Operation operation = Operation.of(Ops.number(op));
            if (operation == null || !operation.isWithinLimit(op)) {
                return false;
            }
            total += operation.countedLength(op);
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
            Operation operation = Operation.of(Ops.number(op));
            if (operation == null || !operation.isWithinLimit(op)) {
                String reason = operation == null ? UNKNOWN : operation.excess();
                return String.format(Locale.ROOT, "operation %d (%s): %s", i + 1, describe(op), reason);
            }
            total += operation.countedLength(op);
        }
        if (total > CpuOp.CPU_OP_VEC_DATA_LEN_MAX) {
            return "the operations cover " + total + " bytes; CPU_OP_VEC_DATA_LEN_MAX is "
                    + CpuOp.CPU_OP_VEC_DATA_LEN_MAX;
        }
        return null;
    }

    /** One operation as a person would read it, whether it is valid or not. */
    public static String describe(long op) {
        Operation operation = Operation.of(Ops.number(op));
        return operation == null ? "operation " + Ops.number(op) : operation.describe(op);
    }
}
