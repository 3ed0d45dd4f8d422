// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.Type;

/**
 * The text of an expression, and how tightly it holds together: what binds looser than its surroundings ask for stands
 * in parentheses there.
 *
 * @param binding one of the levels here, or an operator's, which lie between {@link #LOOSEST} and {@link #PREFIX}
 */
record Text(String text, int binding) {
    static final int LOOSEST = 0;
    static final int PREFIX = 20;
    static final int POSTFIX = 30;

    /** The text where at least so tight a one is asked for. */
    String within(int least) {
        return binding < least ? "(" + text + ")" : text;
    }

    /** An operator before its operand. Two minus signs in a row would be a decrement. */
    static Text prefix(String symbol, Text operand) {
        boolean decrement = symbol.equals("-") && operand.text().startsWith("-");
        return new Text(symbol + operand.within(decrement ? POSTFIX : PREFIX), PREFIX);
    }

    static Text conversion(Type type, String operand) {
        return new Text((type instanceof PointerType ? "cast<" + type + ">" : type) + "(" + operand + ")", POSTFIX);
    }
}
