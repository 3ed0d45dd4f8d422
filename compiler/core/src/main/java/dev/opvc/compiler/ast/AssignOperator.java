// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.ast;

import dev.opvc.compiler.language.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** What stands between the two sides of an assignment. */
public enum AssignOperator {
    SET("=", null),
    /** {@code release place = value;}. */
    RELEASE("=", null),
    ADD("+=", BinaryOperator.ADD),
    SUBTRACT("-=", BinaryOperator.SUBTRACT),
    MULTIPLY("*=", BinaryOperator.MULTIPLY),
    DIVIDE("/=", BinaryOperator.DIVIDE),
    REMAINDER("%=", BinaryOperator.REMAINDER),
    OR("|=", BinaryOperator.OR),
    AND("&=", BinaryOperator.AND),
    XOR("^=", BinaryOperator.XOR),
    SHIFT_LEFT("<<=", BinaryOperator.SHIFT_LEFT),
    SHIFT_RIGHT(">>=", BinaryOperator.SHIFT_RIGHT);

    private final String symbol;
    private final @Nullable BinaryOperator binary;

    AssignOperator(String symbol, @Nullable BinaryOperator binary) {
        this.symbol = symbol;
        this.binary = binary;
    }

    public String symbol() {
        return symbol;
    }

    /** The operator that combines the old value with the new one, or null for a plain assignment. */
    public @Nullable BinaryOperator binary() {
        return binary;
    }
}
