// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.expressions;

import com.palantir.javapoet.CodeBlock;

/** A Java expression, and how tightly its outermost operator binds. */
public record Rendered(CodeBlock code, Level level) {
    /** The levels of Java's operators, from the loosest. */
    public enum Level {
        CONDITIONAL,
        LOGICAL_OR,
        LOGICAL_AND,
        BIT_OR,
        BIT_XOR,
        BIT_AND,
        EQUALITY,
        RELATION,
        SHIFT,
        SUM,
        PRODUCT,
        UNARY,
        PRIMARY;

        /** Levels whose place among the others not everybody has in mind: such operands are put in parentheses. */
        private boolean surprises() {
            return this == SHIFT || this == BIT_AND || this == BIT_XOR || this == BIT_OR;
        }

        private boolean compares() {
            return this == EQUALITY || this == RELATION;
        }
    }

    public static Rendered of(Level level, String format, Object... arguments) {
        return new Rendered(CodeBlock.of(format, arguments), level);
    }

    public static Rendered primary(String format, Object... arguments) {
        return of(Level.PRIMARY, format, arguments);
    }

    /** An operator between two operands; {@code a - (b - c)} keeps its parentheses. */
    public static Rendered infix(Rendered left, String operator, Level level, Rendered right) {
        return of(level, "$L $L $L", left.operandOf(level, false), operator, right.operandOf(level, true));
    }

    /** An operator before its operand; two of them keep parentheses between them, lest they become another. */
    static Rendered prefix(String operator, Rendered operand) {
        return of(Level.UNARY, "$L$L", operator, operand.atLeast(Level.PRIMARY));
    }

    /** A cast to a primitive type. */
    public static Rendered cast(Class<?> type, Rendered operand) {
        return of(Level.UNARY, "($T) $L", type, operand.atLeast(Level.UNARY));
    }

    /** The expression as an operand of an operator of a level that is this one or looser, or in parentheses. */
    public CodeBlock atLeast(Level needed) {
        return level.compareTo(needed) >= 0 ? code : CodeBlock.of("($L)", code);
    }

    private CodeBlock operandOf(Level outer, boolean right) {
        boolean binds = level.compareTo(outer) > 0 || (level == outer && !right);
        return binds && isClearWithin(outer) ? code : CodeBlock.of("($L)", code);
    }

    private boolean isClearWithin(Level outer) {
        if (level.compareTo(Level.UNARY) >= 0 || outer == Level.LOGICAL_AND || outer == Level.LOGICAL_OR) {
            return true;
        }
        return !outer.surprises() && !level.surprises() && !(outer.compares() && level.compares());
    }
}
