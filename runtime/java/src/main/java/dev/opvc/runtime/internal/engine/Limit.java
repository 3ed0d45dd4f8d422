// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.CpuOp;
import org.jspecify.annotations.Nullable;

/** How long an operation may be. */
enum Limit {
    /** Any length up to the limit. */
    DATA {
        @Override
        @Nullable
        String brokenBy(long op) {
            return Ops.length(op) <= CpuOp.CPU_OP_DATA_LEN_MAX ? null : TOO_LONG;
        }
    },
    /** A word. */
    WORD {
        @Override
        @Nullable
        String brokenBy(long op) {
            return Word.isSize(Ops.lengthBits(op)) ? null : NO_WORD;
        }
    },
    /** A word, and fewer bits than it has. */
    SHIFT {
        @Override
        @Nullable
        String brokenBy(long op) {
            int len = Ops.lengthBits(op);
            if (!Word.isSize(len)) {
                return NO_WORD;
            }
            return Integer.compareUnsigned(Ops.shiftBits(op), len * Byte.SIZE) < 0 ? null : TOO_MANY_BITS;
        }
    },
    /** The length means nothing. */
    NONE {
        @Override
        @Nullable
        String brokenBy(long op) {
            return null;
        }
    };

    private static final String TOO_LONG = "its len exceeds CPU_OP_DATA_LEN_MAX = " + CpuOp.CPU_OP_DATA_LEN_MAX;
    private static final String NO_WORD = "its len is not 1, 2, 4 or 8";
    private static final String TOO_MANY_BITS = "it shifts by its whole width or more";

    /** How an operation breaks this limit, in words; null if it does not. */
    abstract @Nullable String brokenBy(long op);
}
