// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.ConstantValue.DecimalValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.ConstantValue.NullValue;
import dev.opvc.compiler.model.ConstantValue.SpecialFloat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;

/** Exact arithmetic on untyped constants. */
final class Numbers {
    /** Bits of an untyped integer: enough for every type, and few enough that no source can make them costly. */
    static final int INTEGER_BITS_MAX = 128;

    /** Decimal digits to which untyped floats are computed; a double holds 17. */
    private static final MathContext DIGITS = new MathContext(120);

    private Numbers() {}

    /** The operation is not defined for the operands; the text says why. */
    static final class UndefinedException extends Exception {
        private static final long serialVersionUID = 1L;

        UndefinedException(String message) {
            super(message);
        }
    }

    static ConstantValue negate(ConstantValue value) throws UndefinedException {
        if (value instanceof IntegerValue integer) {
            return new IntegerValue(integer.lp64().negate(), integer.ilp32().negate());
        }
        if (value instanceof DecimalValue decimal) {
            return decimal.value().signum() == 0
                    ? new SpecialFloat(-0.0)
                    : new DecimalValue(decimal.value().negate());
        }
        if (value instanceof SpecialFloat special) {
            return special.value() == 0 ? new DecimalValue(BigDecimal.ZERO) : new SpecialFloat(-special.value());
        }
        throw new UndefinedException("only a number has a negative");
    }

    static ConstantValue complement(ConstantValue value) throws UndefinedException {
        if (value instanceof IntegerValue integer) {
            return new IntegerValue(integer.lp64().not(), integer.ilp32().not());
        }
        throw new UndefinedException("only an integer has a complement");
    }

    static ConstantValue binary(BinaryOperator operator, ConstantValue left, ConstantValue right)
            throws UndefinedException {
        if (left instanceof IntegerValue a && right instanceof IntegerValue b) {
            return ofIntegers(operator, a, b);
        }
        if (left instanceof BoolValue a && right instanceof BoolValue b) {
            return new BoolValue(ofBools(operator, a.value(), b.value()));
        }
        if (left instanceof NullValue && right instanceof NullValue) {
            return new BoolValue(ofOrder(operator, 0));
        }
        Optional<BigDecimal> a = decimal(left);
        Optional<BigDecimal> b = decimal(right);
        if (a.isPresent() && b.isPresent()) {
            return ofDecimals(operator, a.get(), b.get());
        }
        throw new UndefinedException("`" + operator.symbol() + "` is not defined for "
                + new Operand.Literal(left).kind() + " and " + new Operand.Literal(right).kind());
    }

    private static ConstantValue ofIntegers(BinaryOperator operator, IntegerValue a, IntegerValue b)
            throws UndefinedException {
        if (operator.group() == BinaryOperator.Group.COMPARISON) {
            boolean wide = ofOrder(operator, a.lp64().compareTo(b.lp64()));
            boolean narrow = ofOrder(operator, a.ilp32().compareTo(b.ilp32()));
            if (wide != narrow) {
                throw new UndefinedException("the comparison depends on the size of pointers");
            }
            return new BoolValue(wide);
        }
        IntegerValue result = new IntegerValue(
                ofIntegers(operator, a.on(Abi.LP64), b.on(Abi.LP64)),
                ofIntegers(operator, a.on(Abi.ILP32), b.on(Abi.ILP32)));
        if (result.lp64().bitLength() > INTEGER_BITS_MAX || result.ilp32().bitLength() > INTEGER_BITS_MAX) {
            throw new UndefinedException("the result has more than " + INTEGER_BITS_MAX + " bits");
        }
        return result;
    }

    private static BigInteger ofIntegers(BinaryOperator operator, BigInteger a, BigInteger b)
            throws UndefinedException {
        return switch (operator) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> a.divide(nonZero(b));
            case REMAINDER -> a.remainder(nonZero(b));
            case AND -> a.and(b);
            case OR -> a.or(b);
            case XOR -> a.xor(b);
            case SHIFT_LEFT -> a.shiftLeft(count(b));
            case SHIFT_RIGHT -> a.shiftRight(count(b));
            default -> throw new UndefinedException("`" + operator.symbol() + "` is not defined for integers");
        };
    }

    private static BigInteger nonZero(BigInteger divisor) throws UndefinedException {
        if (divisor.signum() == 0) {
            throw new UndefinedException("division by zero");
        }
        return divisor;
    }

    private static int count(BigInteger bits) throws UndefinedException {
        if (bits.signum() < 0 || bits.compareTo(BigInteger.valueOf(INTEGER_BITS_MAX)) >= 0) {
            throw new UndefinedException("a shift by " + bits + " bits");
        }
        return bits.intValueExact();
    }

    private static ConstantValue ofDecimals(BinaryOperator operator, BigDecimal a, BigDecimal b)
            throws UndefinedException {
        if (operator.group() == BinaryOperator.Group.COMPARISON) {
            return new BoolValue(ofOrder(operator, a.compareTo(b)));
        }
        try {
            return new DecimalValue(
                    switch (operator) {
                        case ADD -> a.add(b, DIGITS);
                        case SUBTRACT -> a.subtract(b, DIGITS);
                        case MULTIPLY -> a.multiply(b, DIGITS);
                        case DIVIDE -> a.divide(b, DIGITS);
                        default ->
                            throw new UndefinedException("`" + operator.symbol() + "` is not defined for floats");
                    });
        } catch (ArithmeticException e) {
            throw new UndefinedException("the result is no finite number");
        }
    }

    private static boolean ofBools(BinaryOperator operator, boolean a, boolean b) throws UndefinedException {
        return switch (operator) {
            case LOGICAL_AND -> a && b;
            case LOGICAL_OR -> a || b;
            case EQUAL -> a == b;
            case NOT_EQUAL -> a != b;
            default -> throw new UndefinedException("`" + operator.symbol() + "` is not defined for truth values");
        };
    }

    private static boolean ofOrder(BinaryOperator operator, int order) throws UndefinedException {
        return switch (operator) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            default -> throw new UndefinedException("`" + operator.symbol() + "` is not defined for these constants");
        };
    }

    /** The exact value of a finite number, or nothing. */
    static Optional<BigDecimal> decimal(ConstantValue value) {
        if (value instanceof IntegerValue integer && integer.portable()) {
            return Optional.of(new BigDecimal(integer.lp64()));
        }
        return value instanceof DecimalValue decimal ? Optional.of(decimal.value()) : Optional.empty();
    }
}
