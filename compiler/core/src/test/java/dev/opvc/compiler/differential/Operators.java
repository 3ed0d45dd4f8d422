// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Builtin;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.ConstantValue.DecimalValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.ConstantValue.NullValue;
import dev.opvc.compiler.model.ConstantValue.SpecialFloat;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** What operators and functions compute: exactly, then brought to the type. */
final class Operators {
    private Operators() {}

    static Datum constant(Type type, ConstantValue value) {
        if (value instanceof IntegerValue integer) {
            return Datum.of((ScalarType) type, integer.on(Abi.LP64));
        }
        if (value instanceof DecimalValue decimal) {
            double rounded = type == ScalarType.F32
                    ? decimal.value().floatValue()
                    : decimal.value().doubleValue();
            return Datum.computed((ScalarType) type, rounded);
        }
        if (value instanceof SpecialFloat special) {
            return Datum.computed((ScalarType) type, special.value());
        }
        if (value instanceof BoolValue truth) {
            return Datum.of(truth.value());
        }
        if (value instanceof NullValue) {
            return Datum.of(type, 0);
        }
        throw new IllegalArgumentException("no constant: " + value);
    }

    static Datum unary(UnaryOperator operator, Datum operand, Type type) {
        ScalarType scalar = (ScalarType) type;
        return switch (operator) {
            case NOT -> Datum.of(!operand.truth());
            case COMPLEMENT -> Datum.of(scalar, operand.integer().not());
            case NEGATE ->
                scalar.isFloat()
                        ? Datum.computed(scalar, -operand.number())
                        : Datum.of(scalar, operand.integer().negate());
            default -> throw new IllegalArgumentException("no operator of values: " + operator);
        };
    }

    static Datum binary(BinaryOperator operator, Datum left, Datum right, Type type) {
        ScalarType scalar = (ScalarType) type;
        return scalar.isFloat() ? floats(operator, left, right, scalar) : integers(operator, left, right, scalar);
    }

    private static Datum floats(BinaryOperator operator, Datum left, Datum right, ScalarType type) {
        if (type == ScalarType.F32) {
            float a = left.single();
            float b = right.single();
            float result = switch (operator) {
                case ADD -> a + b;
                case SUBTRACT -> a - b;
                case MULTIPLY -> a * b;
                case DIVIDE -> a / b;
                default -> throw new IllegalArgumentException("no operator of floats: " + operator);
            };
            return Datum.computed(type, result);
        }
        double a = left.number();
        double b = right.number();
        double result = switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            default -> throw new IllegalArgumentException("no operator of floats: " + operator);
        };
        return Datum.computed(type, result);
    }

    private static Datum integers(BinaryOperator operator, Datum left, Datum right, ScalarType type) {
        BigInteger a = left.integer();
        BigInteger b = right.integer();
        BigInteger exact = switch (operator) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> a.divide(divisor(b));
            case REMAINDER -> a.remainder(divisor(b));
            case AND -> a.and(b);
            case OR -> a.or(b);
            case XOR -> a.xor(b);
            case SHIFT_LEFT -> a.shiftLeft(shiftCount(b, type));
            case SHIFT_RIGHT -> a.shiftRight(shiftCount(b, type));
            default -> throw new IllegalArgumentException("no operator of integers: " + operator);
        };
        return Datum.of(type, exact);
    }

    private static BigInteger divisor(BigInteger divisor) {
        if (divisor.signum() == 0) {
            throw Concluded.error(Ending.Kind.DIVISION_BY_ZERO);
        }
        return divisor;
    }

    private static int shiftCount(BigInteger count, ScalarType type) {
        if (count.compareTo(BigInteger.valueOf(type.width(Abi.LP64))) >= 0) {
            throw Concluded.error(Ending.Kind.ILLEGAL_ARGUMENT);
        }
        return count.intValueExact();
    }

    static boolean compare(BinaryOperator operator, Datum left, Datum right) {
        if (left.type() instanceof ScalarType type && type.isFloat()) {
            double a = left.number();
            double b = right.number();
            return switch (operator) {
                case EQUAL -> a == b;
                case NOT_EQUAL -> a != b;
                case LESS -> a < b;
                case LESS_OR_EQUAL -> a <= b;
                case GREATER -> a > b;
                case GREATER_OR_EQUAL -> a >= b;
                default -> throw new IllegalArgumentException("no comparison: " + operator);
            };
        }
        boolean signed = left.type() instanceof ScalarType type && type.isSigned();
        int order =
                signed ? left.integer().compareTo(right.integer()) : Long.compareUnsigned(left.bits(), right.bits());
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            default -> throw new IllegalArgumentException("no comparison: " + operator);
        };
    }

    static Datum function(Builtin builtin, List<Datum> arguments, Type type) {
        Datum first = arguments.get(0);
        ScalarType operand = (ScalarType) first.type();
        int width = operand.width(Abi.LP64);
        return switch (builtin) {
            case MIN, MAX ->
                operand.isFloat()
                        ? floatChoice(builtin, first, arguments.get(1))
                        : integerChoice(builtin, first, arguments.get(1));
            case ABS ->
                operand.isFloat()
                        ? Datum.computed(operand, Math.abs(first.number()))
                        : Datum.of(operand, first.integer().abs());
            case CLZ -> count(type, width - (Long.SIZE - Long.numberOfLeadingZeros(first.bits())));
            case CTZ -> count(type, Math.min(width, Long.numberOfTrailingZeros(first.bits())));
            case POPCOUNT -> count(type, Long.bitCount(first.bits()));
            case ISNAN -> Datum.of(Double.isNaN(first.number()));
            case ISINF -> Datum.of(Double.isInfinite(first.number()));
            case SQRT -> Datum.computed(operand, root(first.number(), operand));
            case FLOOR -> Datum.computed(operand, Math.floor(first.number()));
            case CEIL -> Datum.computed(operand, Math.ceil(first.number()));
            case BITS -> Datum.of(type, bits(first));
            case FROM_BITS -> {
                Datum same = Datum.of(type, first.bits());
                yield Datum.computed((ScalarType) type, same.number());
            }
        };
    }

    private static double root(double number, ScalarType type) {
        double root = Math.sqrt(number);
        return type == ScalarType.F32 ? (float) root : root;
    }

    /** Every NaN has the same. */
    private static long bits(Datum number) {
        if (!Double.isNaN(number.number())) {
            return number.bits();
        }
        return number.type() == ScalarType.F32 ? Float.floatToIntBits(Float.NaN) : Double.doubleToLongBits(Double.NaN);
    }

    private static Datum count(Type type, int count) {
        return Datum.of((ScalarType) type, BigInteger.valueOf(count));
    }

    private static Datum floatChoice(Builtin builtin, Datum a, Datum b) {
        boolean min = builtin == Builtin.MIN;
        return Datum.computed(
                (ScalarType) a.type(), min ? Math.min(a.number(), b.number()) : Math.max(a.number(), b.number()));
    }

    private static Datum integerChoice(Builtin builtin, Datum a, Datum b) {
        BigInteger first = a.integer();
        BigInteger second = b.integer();
        return Datum.of((ScalarType) a.type(), builtin == Builtin.MIN ? first.min(second) : first.max(second));
    }

    /** The value of another type. */
    static Datum convert(Datum operand, Type type) {
        if (!(type instanceof ScalarType to) || !(operand.type() instanceof ScalarType from)) {
            return Datum.of(type, operand.bits());
        }
        if (from == ScalarType.BOOL) {
            return Datum.of(to, operand.bits());
        }
        if (from.isFloat()) {
            return to.isFloat() ? floatToFloat(operand, to) : floatToInteger(operand, to);
        }
        return to.isFloat() ? integerToFloat(operand, to) : Datum.of(to, operand.integer());
    }

    private static Datum floatToFloat(Datum operand, ScalarType to) {
        if (operand.type() == to) {
            return operand;
        }
        return Datum.computed(to, to == ScalarType.F32 ? (float) operand.number() : operand.number());
    }

    private static Datum integerToFloat(Datum operand, ScalarType to) {
        BigInteger exact = operand.integer();
        return Datum.computed(to, to == ScalarType.F32 ? exact.floatValue() : exact.doubleValue());
    }

    /** Truncates, and saturates. */
    private static Datum floatToInteger(Datum operand, ScalarType to) {
        double value = operand.number();
        if (Double.isNaN(value)) {
            return Datum.of(to, BigInteger.ZERO);
        }
        if (Double.isInfinite(value)) {
            return Datum.of(to, value > 0 ? to.max(Abi.LP64) : to.min(Abi.LP64));
        }
        BigInteger truncated = new BigDecimal(value).toBigInteger();
        return Datum.of(to, truncated.max(to.min(Abi.LP64)).min(to.max(Abi.LP64)));
    }
}
