// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Builtin;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.ConstantValue.DecimalValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.ConstantValue.SpecialFloat;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Computes with constants of f32 and f64. Every result is rounded to its type, as at run time. */
final class FloatConstants {
    private FloatConstants() {}

    static Expr negate(Expr.Constant operand, Origin origin) {
        return constant(-number(operand), type(operand), origin);
    }

    /** An f32 is computed in double and rounded once more, which for these operators gives the same. */
    static Expr binary(BinaryOperator operator, Expr.Constant left, Expr.Constant right, Origin origin) {
        double a = number(left);
        double b = number(right);
        double result = switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            default -> throw new IllegalArgumentException("floats have no " + operator);
        };
        return constant(result, type(left), origin);
    }

    static Expr function(Builtin builtin, Expr.Constant first, Expr.Constant last, Origin origin) {
        double a = number(first);
        return switch (builtin) {
            case MIN -> constant(Math.min(a, number(last)), type(first), origin);
            case MAX -> constant(Math.max(a, number(last)), type(first), origin);
            case ABS -> constant(Math.abs(a), type(first), origin);
            case SQRT -> constant(Math.sqrt(a), type(first), origin);
            case FLOOR -> constant(Math.floor(a), type(first), origin);
            case CEIL -> constant(Math.ceil(a), type(first), origin);
            case ISNAN -> new Expr.Constant(ScalarType.BOOL, new BoolValue(Double.isNaN(a)), origin);
            case ISINF -> new Expr.Constant(ScalarType.BOOL, new BoolValue(Double.isInfinite(a)), origin);
            case BITS -> bits(a, type(first), origin);
            case CLZ, CTZ, POPCOUNT, FROM_BITS -> throw new IllegalArgumentException("floats have no " + builtin);
        };
    }

    private static Expr bits(double value, ScalarType type, Origin origin) {
        BigInteger bits = type == ScalarType.F32
                ? BigInteger.valueOf(Integer.toUnsignedLong(Float.floatToIntBits((float) value)))
                : new BigInteger(Long.toUnsignedString(Double.doubleToLongBits(value)));
        return new Expr.Constant(Builtin.BITS.resultFor(type), new IntegerValue(bits, bits), origin);
    }

    /** @param type that of the float */
    static Expr ofBits(BigInteger bits, ScalarType type, Origin origin) {
        double value = type == ScalarType.F32
                ? Float.intBitsToFloat(bits.intValue())
                : Double.longBitsToDouble(bits.longValue());
        return constant(value, type, origin);
    }

    static boolean compare(BinaryOperator operator, Expr.Constant left, Expr.Constant right) {
        double a = number(left);
        double b = number(right);
        return switch (operator) {
            case LESS -> a < b;
            case LESS_OR_EQUAL -> a <= b;
            case GREATER -> a > b;
            case GREATER_OR_EQUAL -> a >= b;
            case EQUAL -> a == b;
            case NOT_EQUAL -> a != b;
            default -> throw new IllegalArgumentException(operator + " compares nothing");
        };
    }

    static Expr ofInteger(BigInteger value, ScalarType type, Origin origin) {
        return constant(type == ScalarType.F32 ? value.floatValue() : value.doubleValue(), type, origin);
    }

    /** To the other type of floats, or to an integer: towards zero, and at most to its bounds; NaN becomes 0. */
    static Expr convert(Expr.Constant operand, ScalarType type, Origin origin) {
        double value = number(operand);
        return type.isFloat()
                ? constant(value, type, origin)
                : new Expr.Constant(
                        type,
                        new IntegerValue(integer(value, type, Abi.LP64), integer(value, type, Abi.ILP32)),
                        origin);
    }

    private static BigInteger integer(double value, ScalarType type, Abi abi) {
        if (Double.isNaN(value)) {
            return BigInteger.ZERO;
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? type.max(abi) : type.min(abi);
        }
        return new BigDecimal(value).toBigInteger().max(type.min(abi)).min(type.max(abi));
    }

    private static ScalarType type(Expr.Constant constant) {
        return (ScalarType) constant.type();
    }

    /** What a constant is at run time: rounded to its type. */
    private static double number(Expr.Constant constant) {
        if (constant.value() instanceof SpecialFloat special) {
            return special.value();
        }
        BigDecimal exact = ((DecimalValue) constant.value()).value();
        return type(constant) == ScalarType.F32 ? exact.floatValue() : exact.doubleValue();
    }

    private static Expr.Constant constant(double value, ScalarType type, Origin origin) {
        return new Expr.Constant(type, type == ScalarType.F32 ? single((float) value) : value(value), origin);
    }

    private static ConstantValue single(float value) {
        return isSpecial(value) ? new SpecialFloat(value) : new DecimalValue(new BigDecimal(Float.toString(value)));
    }

    /** The shortest decimal that is this float. */
    private static ConstantValue value(double value) {
        return isSpecial(value) ? new SpecialFloat(value) : new DecimalValue(new BigDecimal(Double.toString(value)));
    }

    private static boolean isSpecial(double value) {
        return Double.isNaN(value)
                || Double.isInfinite(value)
                || Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(-0.0);
    }
}
