// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Value;
import dev.opvc.runtime.Memory;
import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;

/** What expressions are worth by the language's rules, computed exactly and then wrapped. Truth values are 0 and 1. */
final class ExactValues {
    private ExactValues() {}

    /** The value of an argument: as many of its low bits as the type has. */
    static BigInteger of(Type type, Object argument) {
        if (argument instanceof Boolean bool) {
            return truth(bool);
        }
        return ((ScalarType) type).wrap(BigInteger.valueOf(((Number) argument).longValue()), Abi.LP64);
    }

    /** What a store of the type left in memory. */
    static BigInteger read(Type type, long address) {
        long bits = switch ((int) type.size(Abi.LP64)) {
            case 1 -> Memory.getByte(address);
            case 2 -> Memory.getShort(address);
            case 4 -> Memory.getInt(address);
            default -> Memory.getLong(address);
        };
        return type == ScalarType.BOOL ? BigInteger.valueOf(bits) : of(type, bits);
    }

    static BigInteger evaluate(Value expression, Map<Object, BigInteger> values) {
        if (expression instanceof Value.Constant constant) {
            return constant.value() instanceof ConstantValue.BoolValue bool
                    ? truth(bool.value())
                    : ((ConstantValue.IntegerValue) constant.value()).lp64();
        }
        if (expression instanceof Value.OfParameter parameter) {
            return Objects.requireNonNull(values.get(parameter.parameter()));
        }
        if (expression instanceof Value.OfLocal binding) {
            return Objects.requireNonNull(values.get(binding.local()));
        }
        if (expression instanceof Value.Conversion conversion) {
            return wrap(conversion.type(), evaluate(conversion.operand(), values));
        }
        if (expression instanceof Value.Unary unary) {
            return unary(unary, evaluate(unary.operand(), values));
        }
        if (expression instanceof Value.Binary binary) {
            BigInteger left = evaluate(binary.left(), values);
            BigInteger right = evaluate(binary.right(), values);
            return wrap(binary.type(), exact(binary.operator(), left, right));
        }
        if (expression instanceof Value.Comparison comparison) {
            int order = evaluate(comparison.left(), values).compareTo(evaluate(comparison.right(), values));
            return truth(holds(comparison.operator(), order));
        }
        Value.Logical logical = (Value.Logical) expression;
        boolean left = evaluate(logical.left(), values).signum() != 0;
        boolean right = evaluate(logical.right(), values).signum() != 0;
        return truth(logical.operator() == BinaryOperator.LOGICAL_AND ? left && right : left || right);
    }

    private static BigInteger unary(Value.Unary unary, BigInteger operand) {
        if (unary.operator() == UnaryOperator.NOT) {
            return truth(operand.signum() == 0);
        }
        BigInteger exact = unary.operator() == UnaryOperator.NEGATE ? operand.negate() : operand.not();
        return wrap(unary.type(), exact);
    }

    private static BigInteger exact(BinaryOperator operator, BigInteger left, BigInteger right) {
        return switch (operator) {
            case ADD -> left.add(right);
            case SUBTRACT -> left.subtract(right);
            case MULTIPLY -> left.multiply(right);
            case DIVIDE -> left.divide(right);
            case REMAINDER -> left.remainder(right);
            case AND -> left.and(right);
            case OR -> left.or(right);
            case XOR -> left.xor(right);
            case SHIFT_LEFT -> left.shiftLeft(right.intValueExact());
            case SHIFT_RIGHT -> left.shiftRight(right.intValueExact());
            default -> throw new IllegalArgumentException(operator.toString());
        };
    }

    private static boolean holds(BinaryOperator operator, int order) {
        return switch (operator) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            default -> throw new IllegalArgumentException(operator.toString());
        };
    }

    private static BigInteger wrap(Type type, BigInteger exact) {
        return ((ScalarType) type).wrap(exact, Abi.LP64);
    }

    private static BigInteger truth(boolean value) {
        return value ? BigInteger.ONE : BigInteger.ZERO;
    }
}
