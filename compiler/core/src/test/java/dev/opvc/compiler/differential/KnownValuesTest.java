// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Builtin;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Program;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Stmt;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the compiler computes of constants is what the interpreter computes of their values. Programs are interpreted as
 * the checker gives them, with constants computed already, so that the differential test cannot see it.
 */
class KnownValuesTest {
    private static final int EXPRESSIONS = 20_000;
    private static final List<ScalarType> NUMBERS = Arrays.stream(ScalarType.values())
            .filter(type -> type.isInteger() || type.isFloat())
            .toList();
    private static final List<BinaryOperator> COMPARISONS = operators(BinaryOperator.Group.COMPARISON);
    private static final List<BinaryOperator> ARITHMETIC = operators(BinaryOperator.Group.ARITHMETIC);
    private static final List<BinaryOperator> BITWISE = operators(BinaryOperator.Group.BITWISE);
    private static final List<BinaryOperator> SHIFTS = operators(BinaryOperator.Group.SHIFT);

    @TempDir
    Path folder;

    /** An expression of constants, and what it is worth. */
    private record Known(String text, Datum value) {}

    @Test
    void constantsAreComputedAsValuesAre() throws IOException {
        long seed = Long.getLong("opvc.differential.seed", System.nanoTime());
        System.out.println("KnownValuesTest seed " + seed);
        Choices choices = new Choices(seed);
        List<Known> all = new ArrayList<>();
        while (all.size() < EXPRESSIONS) {
            try {
                all.add(expression(choices));
            } catch (Concluded e) {
                // A division by zero or a shift too far is an error, and tested as one: try another expression.
            }
        }

        List<Stmt> body = program(all).units().get(0).body();

        assertThat(body).hasSize(EXPRESSIONS);
        for (int i = 0; i < EXPRESSIONS; i++) {
            Known known = all.get(i);
            Expr value = ((Stmt.Store) body.get(i)).value();
            assertThat(value).as(known.text).isInstanceOf(Expr.Constant.class);
            Datum computed = Operators.constant(value.type(), ((Expr.Constant) value).value());
            if (value.type() instanceof ScalarType type && type.isFloat() && Double.isNaN(known.value.number())) {
                assertThat(computed.number()).as(known.text).isNaN();
            } else {
                assertThat(computed).as(known.text).isEqualTo(known.value);
            }
        }
    }

    private Program program(List<Known> all) throws IOException {
        String parameters = Arrays.stream(ScalarType.values())
                .map(type -> type + " *to_" + type)
                .collect(Collectors.joining(", "));
        String body = all.stream()
                .map(known -> "*to_" + known.value.type() + " = " + known.text + ";\n")
                .collect(Collectors.joining());
        return new Frontend(folder).program("transaction t(" + parameters + ") {\n" + body + "}\n");
    }

    private static Known expression(Choices choices) {
        ScalarType type = choices.pick(NUMBERS);
        Known a = constant(type, choices);
        Known b = constant(type, choices);
        if (type.isFloat() && choices.chance(30)) {
            Builtin builtin = choices.oneOf(
                    Builtin.ISNAN, Builtin.ISINF, Builtin.SQRT, Builtin.FLOOR, Builtin.CEIL, Builtin.BITS);
            return function(builtin, builtin.resultFor(type), a);
        }
        if (Builtin.FROM_BITS.isDefinedFor(type) && choices.chance(20)) {
            return function(Builtin.FROM_BITS, Builtin.FROM_BITS.resultFor(type), a);
        }
        return switch (choices.below(type.isInteger() ? 7 : 5)) {
            case 0 -> conversion(a, choices.pick(NUMBERS));
            case 1 -> function(choices.oneOf(Builtin.MIN, Builtin.MAX), type, a, b);
            case 2 -> comparison(choices.pick(COMPARISONS), a, b);
            case 3 ->
                type.isSigned() || type.isFloat()
                        ? function(Builtin.ABS, type, a)
                        : unary(UnaryOperator.NEGATE, a, type);
            case 4 -> arithmetic(choices, type, a, b);
            case 5 ->
                choices.chance(30)
                        ? unary(choices.oneOf(UnaryOperator.NEGATE, UnaryOperator.COMPLEMENT), a, type)
                        : function(choices.oneOf(Builtin.CLZ, Builtin.CTZ, Builtin.POPCOUNT), ScalarType.U32, a);
            default ->
                choices.chance(50)
                        ? binary(choices.pick(BITWISE), type, a, b)
                        : binary(choices.pick(SHIFTS), type, a, count(choices, type));
        };
    }

    private static Known arithmetic(Choices choices, ScalarType type, Known a, Known b) {
        BinaryOperator operator = choices.pick(ARITHMETIC);
        boolean integersOnly = operator == BinaryOperator.REMAINDER && type.isFloat();
        return binary(integersOnly ? BinaryOperator.DIVIDE : operator, type, a, b);
    }

    /** A constant with its type; of uptr one that is the same on every machine, as its results then are not. */
    private static Known constant(ScalarType type, Choices choices) {
        if (type.isFloat()) {
            double number = choices.number();
            double rounded = type == ScalarType.F32 ? (float) number : number;
            Datum value = Datum.of(type, Datum.bitsOf(type, rounded));
            return new Known(type + "(" + floating(rounded) + ")", value);
        }
        BigInteger value = type == ScalarType.UPTR ? choices.integer(ScalarType.U32) : choices.integer(type);
        return new Known(type + "(" + value + ")", Datum.of(type, value));
    }

    private static String floating(double value) {
        return Double.toString(value).replace("Infinity", "inf").replace("NaN", "nan");
    }

    private static Known count(Choices choices, ScalarType shifted) {
        BigInteger count = BigInteger.valueOf(choices.below(shifted.width(Abi.ILP32)));
        return new Known("u32(" + count + ")", Datum.of(ScalarType.U32, count));
    }

    private static Known unary(UnaryOperator operator, Known a, ScalarType type) {
        return new Known(operator.symbol() + a.text, Operators.unary(operator, a.value, type));
    }

    private static Known binary(BinaryOperator operator, ScalarType type, Known a, Known b) {
        Datum value = Operators.binary(operator, a.value, b.value, type);
        return new Known(a.text + " " + operator.symbol() + " " + b.text, value);
    }

    private static Known comparison(BinaryOperator operator, Known a, Known b) {
        Datum value = Datum.of(Operators.compare(operator, a.value, b.value));
        return new Known(a.text + " " + operator.symbol() + " " + b.text, value);
    }

    private static Known function(Builtin builtin, ScalarType type, Known... arguments) {
        List<Datum> values = Arrays.stream(arguments).map(Known::value).toList();
        String text = Arrays.stream(arguments).map(Known::text).collect(Collectors.joining(", "));
        return new Known(builtin.word() + "(" + text + ")", Operators.function(builtin, values, type));
    }

    private static Known conversion(Known a, ScalarType type) {
        return new Known(type + "(" + a.text + ")", Operators.convert(a.value, type));
    }

    private static List<BinaryOperator> operators(BinaryOperator.Group group) {
        return Arrays.stream(BinaryOperator.values())
                .filter(operator -> operator.group() == group)
                .toList();
    }
}
