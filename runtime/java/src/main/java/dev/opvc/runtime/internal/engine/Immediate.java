// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

/** The operand of an operation that is no address. */
enum Immediate {
    NONE {
        @Override
        String describe(long op) {
            return "";
        }
    },
    COUNT {
        @Override
        String describe(long op) {
            return " count=" + Ops.second(op);
        }
    },
    MASK {
        @Override
        String describe(long op) {
            return " mask=0x" + Long.toHexString(Ops.second(op));
        }
    },
    BITS {
        @Override
        String describe(long op) {
            return " bits=" + Integer.toUnsignedString(Ops.shiftBits(op));
        }
    };

    /** Name and value, for people. */
    abstract String describe(long op);
}
