// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.source.SourceFile;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes well-typed expressions over integers and truth values that cannot fail, and arguments for them. */
final class RandomExpressions {
    private static final Span SPAN = new Span(new SourceFile("random.opv", ""), 0, 0);
    private static final int DEPTH_MAX = 4;
    private static final List<ScalarType> TYPES = List.of(
            ScalarType.U8,
            ScalarType.U16,
            ScalarType.U32,
            ScalarType.U64,
            ScalarType.I8,
            ScalarType.I16,
            ScalarType.I32,
            ScalarType.I64,
            ScalarType.BYTE,
            ScalarType.UPTR,
            ScalarType.BOOL);
    private static final List<BinaryOperator> COMPARISONS = List.of(
            BinaryOperator.LESS,
            BinaryOperator.LESS_OR_EQUAL,
            BinaryOperator.GREATER,
            BinaryOperator.GREATER_OR_EQUAL,
            BinaryOperator.EQUAL,
            BinaryOperator.NOT_EQUAL);
    private static final List<BinaryOperator> OPERATORS = List.of(
            BinaryOperator.ADD,
            BinaryOperator.SUBTRACT,
            BinaryOperator.MULTIPLY,
            BinaryOperator.DIVIDE,
            BinaryOperator.REMAINDER,
            BinaryOperator.AND,
            BinaryOperator.OR,
            BinaryOperator.XOR,
            BinaryOperator.SHIFT_LEFT,
            BinaryOperator.SHIFT_RIGHT);

    private final Random random;
    private final List<Parameter> parameters = new ArrayList<>();

    RandomExpressions(Random random, int parametersPerType) {
        this.random = random;
        for (ScalarType type : TYPES) {
            for (int i = 0; i < parametersPerType; i++) {
                Identifier name = new Identifier(type + "_" + (char) ('a' + i), SPAN);
                parameters.add(new Parameter(name, type, false, OptionalLong.empty()));
            }
        }
    }

    List<Parameter> parameters() {
        return parameters;
    }

    ScalarType type() {
        return pick(TYPES);
    }

    Value zero(ScalarType type) {
        return constant(type, BigInteger.ZERO);
    }

    Value expression(ScalarType type) {
        return expression(type, null);
    }

    /** An expression that may use a binding. */
    Value expression(ScalarType type, @Nullable Local binding) {
        return expression(type, binding, 0);
    }

    /** Arguments for all parameters, in their order; ints for smaller types may have bits that do not count. */
    Map<Parameter, Object> arguments() {
        Map<Parameter, Object> arguments = new LinkedHashMap<>();
        parameters.forEach(parameter -> arguments.put(parameter, argument((ScalarType) parameter.type())));
        return arguments;
    }

    private Object argument(ScalarType type) {
        long bits = edge(type).longValue();
        return switch (type) {
            case U8, U16, BYTE ->
                (int) (random.nextBoolean() ? bits : bits | (random.nextLong() << type.width(Abi.LP64)));
            case U32, I32 -> (int) bits;
            case I8 -> (byte) bits;
            case I16 -> (short) bits;
            case BOOL -> bits != 0;
            default -> bits;
        };
    }

    private BigInteger edge(ScalarType type) {
        if (type == ScalarType.BOOL) {
            return BigInteger.valueOf(random.nextInt(2));
        }
        BigInteger min = type.min(Abi.LP64);
        BigInteger max = type.max(Abi.LP64);
        return switch (random.nextInt(8)) {
            case 0 -> BigInteger.ZERO;
            case 1 -> BigInteger.ONE;
            case 2 -> min;
            case 3 -> max;
            case 4 -> max.shiftRight(1).add(BigInteger.ONE);
            case 5 -> type.wrap(BigInteger.ONE.negate(), Abi.LP64);
            default -> type.wrap(new BigInteger(type.width(Abi.LP64), random), Abi.LP64);
        };
    }

    private Value expression(ScalarType type, @Nullable Local binding, int depth) {
        if (depth >= DEPTH_MAX || random.nextInt(5) == 0) {
            return leaf(type, binding);
        }
        if (type == ScalarType.BOOL) {
            return condition(binding, depth + 1);
        }
        return switch (random.nextInt(6)) {
            case 0 ->
                new Value.Unary(
                        random.nextBoolean() ? UnaryOperator.NEGATE : UnaryOperator.COMPLEMENT,
                        expression(type, binding, depth + 1),
                        type);
            case 1, 2 -> new Value.Conversion(expression(integer(), binding, depth + 1), type);
            default -> binary(type, binding, depth + 1);
        };
    }

    private Value leaf(ScalarType type, @Nullable Local binding) {
        if (binding != null && binding.type() == type && random.nextBoolean()) {
            return new Value.OfLocal(binding);
        }
        if (random.nextInt(4) == 0) {
            return constant(type, edge(type));
        }
        List<Parameter> fitting = parameters.stream()
                .filter(parameter -> parameter.type() == type)
                .toList();
        return new Value.OfParameter(pick(fitting));
    }

    private Value binary(ScalarType type, @Nullable Local binding, int depth) {
        BinaryOperator operator = pick(OPERATORS);
        Value left = expression(type, binding, depth);
        Value right = switch (operator) {
            case DIVIDE, REMAINDER -> odd(type, binding, depth);
            case SHIFT_LEFT, SHIFT_RIGHT -> below(type.width(Abi.LP64), binding, depth);
            default -> expression(type, binding, depth);
        };
        return new Value.Binary(operator, left, right, type);
    }

    private Value odd(ScalarType type, @Nullable Local binding, int depth) {
        return new Value.Binary(
                BinaryOperator.OR, expression(type, binding, depth), constant(type, BigInteger.ONE), type);
    }

    private Value below(int powerOfTwo, @Nullable Local binding, int depth) {
        ScalarType type = pick(List.of(ScalarType.U8, ScalarType.U16, ScalarType.U32, ScalarType.U64));
        return new Value.Binary(
                BinaryOperator.AND,
                expression(type, binding, depth),
                constant(type, BigInteger.valueOf(powerOfTwo - 1L)),
                type);
    }

    private Value condition(@Nullable Local binding, int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> new Value.Unary(UnaryOperator.NOT, expression(ScalarType.BOOL, binding, depth), ScalarType.BOOL);
            case 1 ->
                new Value.Logical(
                        random.nextBoolean() ? BinaryOperator.LOGICAL_AND : BinaryOperator.LOGICAL_OR,
                        expression(ScalarType.BOOL, binding, depth),
                        expression(ScalarType.BOOL, binding, depth));
            default -> {
                ScalarType type = type();
                BinaryOperator operator = pick(type == ScalarType.BOOL ? COMPARISONS.subList(4, 6) : COMPARISONS);
                yield new Value.Comparison(
                        operator, expression(type, binding, depth), expression(type, binding, depth));
            }
        };
    }

    private ScalarType integer() {
        return pick(TYPES.subList(0, TYPES.size() - 1));
    }

    private static Value constant(ScalarType type, BigInteger value) {
        ConstantValue constant = type == ScalarType.BOOL
                ? new ConstantValue.BoolValue(value.signum() != 0)
                : ConstantValue.IntegerValue.of(value);
        return new Value.Constant(type, constant);
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
