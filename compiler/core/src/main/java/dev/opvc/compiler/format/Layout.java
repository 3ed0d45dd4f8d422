// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import dev.opvc.compiler.parse.ParsedFile;
import dev.opvc.grammar.OpvLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Puts the tokens and comments of a file together to lines. */
final class Layout {
    private final List<Token> tokens;
    private final LineStarts lineStarts;
    private final Spacing spacing;
    private final WrapPoints wrapPoints;
    private final StringBuilder out = new StringBuilder();
    private Line line = new Line(0);

    Layout(ParsedFile parsed) {
        tokens = parsed.tokens().getTokens();
        lineStarts = new LineStarts(parsed);
        spacing = new Spacing(parsed.tree());
        wrapPoints = new WrapPoints(parsed);
    }

    String render() {
        List<Token> hidden = new ArrayList<>();
        Token previous = null;
        for (Token token : tokens) {
            if (token.getChannel() != Token.DEFAULT_CHANNEL) {
                hidden.add(token);
                continue;
            }
            add(previous, Gap.of(hidden), token);
            hidden.clear();
            previous = token;
        }
        return out.toString();
    }

    private void add(@Nullable Token previous, Gap gap, Token token) {
        LineStart start = lineStarts.of(token);
        if (start != null) {
            beginLine(new LineGap(previous, gap, token, start));
        } else if (previous != null) {
            continueLine(previous, gap, token);
        }
    }

    private void beginLine(LineGap gap) {
        gap.trailing().forEach(comment -> line.add(Piece.atLineEnd(comment)));
        line.render(out);
        List<Boolean> blankLines = gap.blankLines();
        for (int row = 0; row < blankLines.size(); row++) {
            if (blankLines.get(row)) {
                out.append('\n');
            }
            boolean last = row == blankLines.size() - 1;
            line = new Line(last ? gap.start().indent() : gap.start().commentIndent());
            gap.row(row).forEach(comment -> line.add(Piece.of(comment, true, WrapPoints.NEVER)));
            if (!last) {
                line.render(out);
            }
        }
        if (gap.token().getType() != Token.EOF) {
            line.add(Piece.of(gap.token(), true, WrapPoints.NEVER));
        }
    }

    private void continueLine(Token previous, Gap gap, Token token) {
        // Braces and the `else` between them go on with the line's structure, not with its text.
        boolean structural = token.getType() == OpvLexer.LBRACE || previous.getType() == OpvLexer.RBRACE;
        int column = structural ? line.indent() : line.continuationIndent();
        int wrapLevel = gap.breaksLine() ? WrapPoints.NEVER : wrapPoints.level(token);
        boolean broken = false;
        for (int i = 0; i < gap.size(); i++) {
            Comment comment = gap.comments().get(i);
            boolean space = i > 0 || spacing.beforeComment(previous);
            Piece piece = Piece.of(comment, space, i == 0 ? wrapLevel : WrapPoints.NEVER);
            line.add(broken || gap.hasOwnLine(i) ? piece.onOwnLine(column) : piece);
            broken = gap.breaksLineBehind(i);
        }
        boolean afterComment = gap.size() > 0;
        boolean space = afterComment ? spacing.behindComment(token) : spacing.between(previous, token);
        Piece piece = Piece.of(token, space, afterComment ? WrapPoints.NEVER : wrapLevel);
        line.add(broken ? piece.onOwnLine(column) : piece);
    }
}
