// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.language;

/** An operator before its operand. */
public enum UnaryOperator {
    NEGATE("-"),
    NOT("!"),
    COMPLEMENT("~"),
    DEREFERENCE("*"),
    ADDRESS_OF("&");

    private final String symbol;

    UnaryOperator(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }
}
