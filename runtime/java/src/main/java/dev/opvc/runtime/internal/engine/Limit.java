// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.CpuOp;

/**
 * How long an operation may be. With these limits none touches more than CPU_OP_MAX_PAGES pages: what is no longer than
 * the smallest page lies on two at most.
 */
enum Limit {
    /** Any length up to the limit. */
    DATA("its len exceeds CPU_OP_DATA_LEN_MAX = " + CpuOp.CPU_OP_DATA_LEN_MAX),
    /** A word. */
    WORD("its len is not 1, 2, 4 or 8"),
    /** A word, and fewer bits than it has. */
    SHIFT("its len is not 1, 2, 4 or 8, or it shifts by its whole width or more"),
    /** The length means nothing. */
    NONE("nothing is too much for it");

    private final String excess;

    Limit(String excess) {
        this.excess = excess;
    }

    /** Whether an operation with this limit keeps it. */
    boolean allows(long op) {
        int len = Ops.lengthBits(op);
        return switch (this) {
            case DATA -> Integer.compareUnsigned(len, CpuOp.CPU_OP_DATA_LEN_MAX) <= 0;
            case WORD -> Word.isSize(len);
            case SHIFT -> Word.isSize(len) && Integer.compareUnsigned(Ops.shiftBits(op), len * Byte.SIZE) < 0;
            case NONE -> true;
        };
    }

    /** What is wrong with an operation that does not, in words. */
    String excess() {
        return excess;
    }
}
