// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

import dev.opvc.grammar.OpvLexer;
import java.util.Set;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Goes on after a syntax error as ANTLR does, but never skips over what ends a statement or a block: what stands behind
 * it is likely to be right, and would be reported as wrong.
 */
final class Recovery extends DefaultErrorStrategy {
    private static final Set<Integer> BOUNDARIES = Set.of(
            OpvLexer.SEMICOLON,
            OpvLexer.LBRACE,
            OpvLexer.RBRACE,
            OpvLexer.LET,
            OpvLexer.REQUIRE,
            OpvLexer.IF,
            OpvLexer.BARRIER,
            OpvLexer.CONST,
            OpvLexer.PERCPU,
            OpvLexer.STRUCT,
            OpvLexer.TRANSACTION,
            OpvLexer.VECTOR,
            OpvLexer.QUERY,
            Token.EOF);

    @Override
    protected @Nullable Token singleTokenDeletion(Parser recognizer) {
        int next = recognizer.getInputStream().LA(1);
        return BOUNDARIES.contains(next) ? null : super.singleTokenDeletion(recognizer);
    }
}
