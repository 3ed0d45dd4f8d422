// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import java.math.BigDecimal;
import java.math.BigInteger;

/** What a constant is worth. */
public sealed interface ConstantValue {
    /** An integer. The two differ only where {@code sizeof} of something with pointers went into it. */
    record IntegerValue(BigInteger lp64, BigInteger ilp32) implements ConstantValue {
        public static IntegerValue of(BigInteger value) {
            return new IntegerValue(value, value);
        }

        public static IntegerValue of(long value) {
            return of(BigInteger.valueOf(value));
        }

        public BigInteger on(Abi abi) {
            return abi == Abi.LP64 ? lp64 : ilp32;
        }

        /** Whether it is the same on every machine. */
        public boolean portable() {
            return lp64.equals(ilp32);
        }
    }

    /** A finite float, still exact; a typed constant rounds it to its type. */
    record DecimalValue(BigDecimal value) implements ConstantValue {}

    /** A float that is no exact number: an infinity, a NaN or the negative zero. */
    record SpecialFloat(double value) implements ConstantValue {}

    /** {@code true} or {@code false}. */
    record BoolValue(boolean value) implements ConstantValue {}

    /** {@code null}. */
    record NullValue() implements ConstantValue {}
}
