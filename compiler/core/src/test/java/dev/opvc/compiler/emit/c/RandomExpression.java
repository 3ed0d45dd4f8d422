// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ScalarType;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Expressions of the language with their values, by exact arithmetic: what the language's definition says. */
sealed interface RandomExpression {
    /** A division by zero, or a shift by too much. */
    final class RangeError extends Exception {
        private static final long serialVersionUID = 1;

        RangeError() {
            super("range error", null, false, false);
        }
    }

    /** As the language writes it. */
    String text();

    /** Its value for values of the parameters, 0 or 1 if it is a truth value. */
    BigInteger value(Map<ScalarType, BigInteger> parameters, Abi abi) throws RangeError;

    /** The parameter of a type, which is called {@code v_} and the type. */
    record Parameter(ScalarType type) implements RandomExpression {
        @Override
        public String text() {
            return "v_" + type;
        }

        @Override
        public BigInteger value(Map<ScalarType, BigInteger> parameters, Abi abi) {
            return Objects.requireNonNull(parameters.get(type));
        }
    }

    /** A literal, where the other operand has a type. */
    record Literal(BigInteger number) implements RandomExpression {
        @Override
        public String text() {
            return number.toString();
        }

        @Override
        public BigInteger value(Map<ScalarType, BigInteger> parameters, Abi abi) {
            return number;
        }
    }

    record Unary(String operator, RandomExpression operand, ScalarType type) implements RandomExpression {
        @Override
        public String text() {
            return operator + "(" + operand.text() + ")";
        }

        @Override
        public BigInteger value(Map<ScalarType, BigInteger> parameters, Abi abi) throws RangeError {
            BigInteger value = operand.value(parameters, abi);
            return type.wrap(operator.equals("-") ? value.negate() : value.not(), abi);
        }
    }

    record Binary(String operator, RandomExpression left, RandomExpression right, ScalarType type)
            implements RandomExpression {
        @Override
        public String text() {
            return "(" + left.text() + " " + operator + " " + right.text() + ")";
        }

        @Override
        public BigInteger value(Map<ScalarType, BigInteger> parameters, Abi abi) throws RangeError {
            BigInteger a = left.value(parameters, abi);
            BigInteger b = right.value(parameters, abi);
            boolean shift = operator.equals("<<") || operator.equals(">>");
            boolean division = operator.equals("/") || operator.equals("%");
            boolean tooFar = shift && b.compareTo(BigInteger.valueOf(type.width(abi))) >= 0;
            boolean byZero = division && b.signum() == 0;
            if (tooFar || byZero) {
                throw new RangeError();
            }
            return type.wrap(exact(a, b), abi);
        }

        private BigInteger exact(BigInteger a, BigInteger b) {
            return switch (operator) {
                case "+" -> a.add(b);
                case "-" -> a.subtract(b);
                case "*" -> a.multiply(b);
                case "/" -> a.divide(b);
                case "%" -> a.remainder(b);
                case "&" -> a.and(b);
                case "|" -> a.or(b);
                case "^" -> a.xor(b);
                case "<<" -> a.shiftLeft(b.intValueExact());
                case ">>" -> a.shiftRight(b.intValueExact());
                default -> throw new IllegalArgumentException(operator);
            };
        }
    }

    record Comparison(String operator, RandomExpression left, RandomExpression right) implements RandomExpression {
        @Override
        public String text() {
            return "(" + left.text() + " " + operator + " " + right.text() + ")";
        }

        @Override
        public BigInteger value(Map<ScalarType, BigInteger> parameters, Abi abi) throws RangeError {
            int order = left.value(parameters, abi).compareTo(right.value(parameters, abi));
            boolean holds = switch (operator) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                case "==" -> order == 0;
                case "!=" -> order != 0;
                default -> throw new IllegalArgumentException(operator);
            };
            return holds ? BigInteger.ONE : BigInteger.ZERO;
        }
    }

    record Logical(String operator, RandomExpression left, RandomExpression right) implements RandomExpression {
        @Override
        public String text() {
            return "(" + left.text() + " " + operator + " " + right.text() + ")";
        }

        @Override
        public BigInteger value(Map<ScalarType, BigInteger> parameters, Abi abi) throws RangeError {
            BigInteger first = left.value(parameters, abi);
            boolean decided = operator.equals("&&") == (first.signum() == 0);
            return decided ? first : right.value(parameters, abi);
        }
    }

    record Not(RandomExpression operand) implements RandomExpression {
        @Override
        public String text() {
            return "!" + operand.text();
        }

        @Override
        public BigInteger value(Map<ScalarType, BigInteger> parameters, Abi abi) throws RangeError {
            return BigInteger.ONE.subtract(operand.value(parameters, abi));
        }
    }

    record Conversion(RandomExpression operand, ScalarType type) implements RandomExpression {
        @Override
        public String text() {
            return type + "(" + operand.text() + ")";
        }

        @Override
        public BigInteger value(Map<ScalarType, BigInteger> parameters, Abi abi) throws RangeError {
            return type.wrap(operand.value(parameters, abi), abi);
        }
    }

    /** Makes expressions of integer types and of {@code bool}. */
    final class Generator {
        static final List<ScalarType> INTEGERS = List.of(
                ScalarType.U8,
                ScalarType.U16,
                ScalarType.U32,
                ScalarType.U64,
                ScalarType.I8,
                ScalarType.I16,
                ScalarType.I32,
                ScalarType.I64,
                ScalarType.UPTR);
        private static final List<String> ARITHMETIC = List.of("+", "-", "*", "&", "|", "^");
        private static final List<String> PARTIAL = List.of("/", "%", "<<", ">>");
        private static final List<String> COMPARISONS = List.of("<", "<=", ">", ">=", "==", "!=");

        private final Random random;

        Generator(Random random) {
            this.random = random;
        }

        /**
         * @param partial whether it may divide or shift by a value: right of {@code &&} that has no meaning yet
         */
        RandomExpression integer(ScalarType type, int depth, boolean partial) {
            if (depth == 0) {
                return new Parameter(type);
            }
            return switch (random.nextInt(partial ? 6 : 4)) {
                case 0 -> new Unary(pick(List.of("-", "~")), integer(type, depth - 1, partial), type);
                case 1 -> converted(type, depth, partial);
                case 2, 3 ->
                    new Binary(
                            pick(ARITHMETIC), integer(type, depth - 1, partial), operand(type, depth, partial), type);
                default -> partial(type, depth);
            };
        }

        RandomExpression truth(int depth, boolean partial) {
            if (depth <= 1 || random.nextInt(3) == 0) {
                ScalarType type = pick(INTEGERS);
                return new Comparison(
                        pick(COMPARISONS), integer(type, depth / 2, partial), operand(type, depth, partial));
            }
            return random.nextInt(4) == 0
                    ? new Not(truth(depth - 1, partial))
                    : new Logical(pick(List.of("&&", "||")), truth(depth - 1, partial), truth(depth - 1, false));
        }

        /** A value from an end of a type's range, or from anywhere in it. */
        BigInteger edge(ScalarType type, Abi abi) {
            BigInteger value = switch (random.nextInt(6)) {
                case 0 -> type.min(abi);
                case 1 -> type.max(abi);
                case 2 -> BigInteger.valueOf(random.nextInt(5) - 2L);
                case 3 -> BigInteger.valueOf(random.nextInt(type.width(abi) + 1));
                case 4 -> BigInteger.ONE.shiftLeft(random.nextInt(type.width(abi)));
                default -> new BigInteger(type.width(abi), random);
            };
            return type.wrap(value, abi);
        }

        private RandomExpression converted(ScalarType type, int depth, boolean partial) {
            ScalarType from =
                    pick(INTEGERS.stream().filter(each -> each != type).toList());
            return new Conversion(integer(from, depth - 1, partial), type);
        }

        /** Now and then a literal; one of {@code uptr} fits a pointer of 4 bytes too. */
        private RandomExpression operand(ScalarType type, int depth, boolean partial) {
            return random.nextInt(3) == 0
                    ? new Literal(edge(type, Abi.ILP32))
                    : integer(type, random.nextInt(depth), partial);
        }

        private RandomExpression partial(ScalarType type, int depth) {
            String operator = pick(PARTIAL);
            boolean shift = operator.startsWith("<") || operator.startsWith(">");
            ScalarType rightType = shift ? pick(List.of(ScalarType.U8, ScalarType.U32, ScalarType.U64)) : type;
            RandomExpression right = random.nextInt(3) == 0
                    ? new Literal(BigInteger.valueOf(1L + random.nextInt(type.width(Abi.ILP32) - 1)))
                    : integer(rightType, random.nextInt(depth), true);
            return new Binary(operator, integer(type, depth - 1, true), right, type);
        }

        private <T> T pick(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }
    }
}
