// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

import dev.opvc.grammar.OpvLexer;
import dev.opvc.grammar.OpvParser.FileContext;
import java.util.Set;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/**
 * Goes on after a syntax error behind the statement or declaration that holds it, and nowhere within: the rest of what
 * is wrong would be reported as wrong once more. It never skips over what ends a statement or a block, because what
 * stands behind it is likely to be right.
 */
final class Recovery extends DefaultErrorStrategy {
    /** Where a statement or block ends, or a declaration begins. */
    private static final Set<Integer> BOUNDARIES = Set.of(
            OpvLexer.SEMICOLON,
            OpvLexer.LBRACE,
            OpvLexer.RBRACE,
            OpvLexer.CONST,
            OpvLexer.PERCPU,
            OpvLexer.STRUCT,
            OpvLexer.TRANSACTION,
            OpvLexer.VECTOR,
            OpvLexer.QUERY,
            Token.EOF);

    /** What begins behind one of these begins anew. */
    private static final Set<Integer> ENDS = Set.of(OpvLexer.SEMICOLON, OpvLexer.LBRACE, OpvLexer.RBRACE);

    /** Words that begin a statement; one within a line may just have been taken for a name. */
    private static final Set<Integer> STATEMENT_WORDS =
            Set.of(OpvLexer.LET, OpvLexer.REQUIRE, OpvLexer.IF, OpvLexer.BARRIER);

    private static final Set<Integer> NAMES = Set.of(
            OpvLexer.IDENTIFIER,
            OpvLexer.MAX,
            OpvLexer.DRAIN,
            OpvLexer.RELEASE,
            OpvLexer.OUTCOMES,
            OpvLexer.PREFIX,
            OpvLexer.RESET);

    /** What a file may go on with behind what belongs to no declaration. */
    private static final IntervalSet DECLARATIONS = new IntervalSet(
            OpvLexer.IMPORT,
            OpvLexer.CONST,
            OpvLexer.PERCPU,
            OpvLexer.STRUCT,
            OpvLexer.TRANSACTION,
            OpvLexer.VECTOR,
            OpvLexer.QUERY,
            OpvLexer.DRAIN,
            Token.EOF);

    /** Between declarations a file goes on with the next one; the default would give up the file before its first. */
    @Override
    public void sync(Parser recognizer) {
        int next = recognizer.getInputStream().LA(1);
        boolean betweenDeclarations = recognizer.getContext() instanceof FileContext
                && next != OpvLexer.PACKAGE
                && next != OpvLexer.PREFIX
                && !DECLARATIONS.contains(next);
        if (betweenDeclarations && !inErrorRecoveryMode(recognizer)) {
            reportUnwantedToken(recognizer);
            consumeUntil(recognizer, DECLARATIONS);
            return;
        }
        super.sync(recognizer);
    }

    @Override
    protected @Nullable Token singleTokenDeletion(Parser recognizer) {
        return isBoundary(recognizer.getInputStream()) ? null : super.singleTokenDeletion(recognizer);
    }

    @Override
    protected void consumeUntil(Parser recognizer, IntervalSet set) {
        TokenStream tokens = recognizer.getInputStream();
        while (tokens.LA(1) != Token.EOF && !(set.contains(tokens.LA(1)) && mayGoOn(tokens))) {
            recognizer.consume();
        }
    }

    private static boolean mayGoOn(TokenStream tokens) {
        return isBoundary(tokens) || ENDS.contains(tokens.LA(-1));
    }

    private static boolean isBoundary(TokenStream tokens) {
        int next = tokens.LA(1);
        return BOUNDARIES.contains(next)
                || (STATEMENT_WORDS.contains(next) && beginsLine(tokens))
                || (next == OpvLexer.DRAIN && beginsUnit(tokens));
    }

    /** The word `drain` may be a name too, but no name has another one and a parenthesis behind it. */
    private static boolean beginsUnit(TokenStream tokens) {
        return NAMES.contains(tokens.LA(2)) && tokens.LA(3) == OpvLexer.LPAREN;
    }

    private static boolean beginsLine(TokenStream tokens) {
        Token previous = tokens.LT(-1);
        return previous == null || previous.getLine() < tokens.LT(1).getLine();
    }
}
