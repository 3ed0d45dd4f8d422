// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.language;

/** An operator with two operands. */
public enum BinaryOperator {
    MULTIPLY("*", Group.ARITHMETIC),
    DIVIDE("/", Group.ARITHMETIC),
    REMAINDER("%", Group.ARITHMETIC),
    ADD("+", Group.ARITHMETIC),
    SUBTRACT("-", Group.ARITHMETIC),
    SHIFT_LEFT("<<", Group.SHIFT),
    SHIFT_RIGHT(">>", Group.SHIFT),
    AND("&", Group.BITWISE),
    XOR("^", Group.BITWISE),
    OR("|", Group.BITWISE),
    LESS("<", Group.COMPARISON),
    LESS_OR_EQUAL("<=", Group.COMPARISON),
    GREATER(">", Group.COMPARISON),
    GREATER_OR_EQUAL(">=", Group.COMPARISON),
    EQUAL("==", Group.COMPARISON),
    NOT_EQUAL("!=", Group.COMPARISON),
    LOGICAL_AND("&&", Group.LOGICAL),
    LOGICAL_OR("||", Group.LOGICAL);

    /** Operators of one group may stand beside each other as their precedence says. */
    public enum Group {
        ARITHMETIC,
        SHIFT,
        BITWISE,
        COMPARISON,
        LOGICAL
    }

    private final String symbol;
    private final Group group;

    BinaryOperator(String symbol, Group group) {
        this.symbol = symbol;
        this.group = group;
    }

    public String symbol() {
        return symbol;
    }

    public Group group() {
        return group;
    }
}
