// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

import dev.opvc.compiler.source.SourceFile;
import dev.opvc.compiler.source.Span;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** From the parser's tokens to places in the file. The lexer reads code points, so that its indices are offsets. */
final class Spans {
    private Spans() {}

    static Span of(SourceFile file, Token token) {
        if (token.getStartIndex() < 0) {
            return ofMissing(file, token);
        }
        int start = Math.min(token.getStartIndex(), file.length());
        return new Span(file, start, Math.max(start, Math.min(token.getStopIndex() + 1, file.length())));
    }

    /** A token that the parser made up, because it was missing, knows only the line and column of what came instead. */
    private static Span ofMissing(SourceFile file, Token token) {
        int offset = file.offset(token.getLine(), token.getCharPositionInLine() + 1);
        return new Span(file, offset, offset);
    }

    static Span of(SourceFile file, Token first, Token last) {
        return of(file, first).to(of(file, last));
    }

    /** The place of a rule's text; empty at its start where the rule matched nothing. */
    static Span of(SourceFile file, ParserRuleContext context) {
        Token first = context.getStart();
        Token last = context.getStop();
        if (last == null || last.getTokenIndex() < first.getTokenIndex()) {
            int start = Math.min(first.getStartIndex(), file.length());
            return new Span(file, start, start);
        }
        return of(file, first, last);
    }
}
