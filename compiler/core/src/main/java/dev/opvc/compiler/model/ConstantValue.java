// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import java.math.BigDecimal;
import java.math.BigInteger;

/** What a constant is worth. */
public sealed interface ConstantValue {
    /** The value of a scalar or pointer type whose bytes are all zero. */
    static ConstantValue zero(Type type) {
        if (type instanceof PointerType) {
            return new NullValue();
        }
        if (type == ScalarType.BOOL) {
            return new BoolValue(false);
        }
        boolean isFloat = type instanceof ScalarType scalar && scalar.isFloat();
        return isFloat ? new DecimalValue(BigDecimal.ZERO) : IntegerValue.of(0);
    }

    /** Dispatches on the kind of value. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of value.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R integer(IntegerValue integer);

        R decimal(DecimalValue decimal);

        R special(SpecialFloat special);

        R bool(BoolValue bool);

        R nullPointer(NullValue value);
    }

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

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.integer(this);
        }
    }

    /** A finite float, still exact; a typed constant rounds it to its type. */
    record DecimalValue(BigDecimal value) implements ConstantValue {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.decimal(this);
        }
    }

    /** A float that is no exact number: an infinity, a NaN or the negative zero. */
    record SpecialFloat(double value) implements ConstantValue {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.special(this);
        }
    }

    /** {@code true} or {@code false}. */
    record BoolValue(boolean value) implements ConstantValue {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.bool(this);
        }
    }

    /** {@code null}. */
    record NullValue() implements ConstantValue {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.nullPointer(this);
        }
    }
}
