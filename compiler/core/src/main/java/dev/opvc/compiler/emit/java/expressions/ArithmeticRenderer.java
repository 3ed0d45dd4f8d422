// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.expressions;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.Rendered.Level;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.language.BinaryOperator;

/** Renders arithmetic and bitwise operators. Results wrap in the width of their type. */
public final class ArithmeticRenderer {
    private ArithmeticRenderer() {}

    static Rendered render(BinaryOperator operator, Rendered left, Rendered right, JavaType type) {
        return switch (operator) {
            case ADD, SUBTRACT ->
                ConversionRenderer.wrap(Rendered.infix(left, operator.symbol(), Level.SUM, right), type);
            case MULTIPLY -> ConversionRenderer.wrap(Rendered.infix(left, "*", Level.PRODUCT, right), type);
            case DIVIDE -> quotient("divideUnsigned", "/", left, right, type);
            case REMAINDER -> quotient("remainderUnsigned", "%", left, right, type);
            case SHIFT_LEFT -> ConversionRenderer.wrap(Rendered.infix(left, "<<", Level.SHIFT, right), type);
            case SHIFT_RIGHT -> shiftRight(left, right, type);
            case AND -> bitwise(Rendered.infix(left, "&", Level.BIT_AND, right), type);
            case XOR -> bitwise(Rendered.infix(left, "^", Level.BIT_XOR, right), type);
            case OR -> bitwise(Rendered.infix(left, "|", Level.BIT_OR, right), type);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL, LOGICAL_AND, LOGICAL_OR ->
                throw new IllegalArgumentException("not an operator that computes: " + operator);
        };
    }

    /** Smaller unsigned types hold their value as it is, so that Java's own division does for them. */
    private static Rendered quotient(String method, String symbol, Rendered left, Rendered right, JavaType type) {
        if (type.isBitPattern()) {
            CodeBlock arguments = CodeBlock.of("$L, $L", left.code(), right.code());
            return Rendered.primary("$T.$L($L)", type.isLong() ? Long.class : Integer.class, method, arguments);
        }
        Rendered result = Rendered.infix(left, symbol, Level.PRODUCT, right);
        return type.isMasked() ? result : ConversionRenderer.wrap(result, type);
    }

    /** Shifting a value of fewer bits than Java's type to the right leaves one. */
    private static Rendered shiftRight(Rendered left, Rendered right, JavaType type) {
        Rendered result = Rendered.infix(left, type.isUnsigned() ? ">>>" : ">>", Level.SHIFT, right);
        return type.isMasked() ? result : ConversionRenderer.wrap(result, type);
    }

    private static Rendered bitwise(Rendered result, JavaType type) {
        return type.isMasked() ? result : ConversionRenderer.wrap(result, type);
    }
}
