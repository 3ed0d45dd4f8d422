// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import dev.opvc.compiler.format.LineStart.BlankLines;
import dev.opvc.grammar.OpvLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * The gap before a token that begins a line: which comments stay behind the token before it, which have rows of their
 * own, and which stand before the token on its line.
 */
final class LineGap {
    private final @Nullable Token previous;
    private final Gap gap;
    private final Token token;
    private final LineStart start;
    private final int trailing;
    private final List<Integer> rows;

    /**
     * @param previous the token before the gap, or null at the start of the file
     * @param start how {@code token} begins its line
     */
    LineGap(@Nullable Token previous, Gap gap, Token token, LineStart start) {
        this.previous = previous;
        this.gap = gap;
        this.token = token;
        this.start = start;
        this.trailing = countTrailing();
        this.rows = findRows();
    }

    Token token() {
        return token;
    }

    LineStart start() {
        return start;
    }

    /** The comments that end the line before. */
    List<Comment> trailing() {
        return gap.comments().subList(0, trailing);
    }

    /** The comments of a row. The last row is the line of the token itself. */
    List<Comment> row(int row) {
        int end = row + 1 < rows.size() ? rows.get(row + 1) : gap.size();
        return gap.comments().subList(rows.get(row), end);
    }

    /** For each row whether a blank line stands above it. */
    List<Boolean> blankLines() {
        List<Boolean> blank = new ArrayList<>();
        rows.forEach(first -> blank.add(gap.blankLineBefore(first)));
        int last = rows.size() - 1;
        if (previous == null || opens(previous)) {
            blank.set(0, false);
        }
        if (closes() || (start.documented() && documentationAbove(rows.get(last)))) {
            blank.set(last, false);
        }
        if (previous != null && start.blankLines() == BlankLines.ONE && !blank.contains(true)) {
            blank.set(0, true);
        }
        if (start.blankLines() == BlankLines.NONE) {
            blank.replaceAll(any -> false);
        }
        return blank;
    }

    private int countTrailing() {
        if (previous == null) {
            return 0;
        }
        if (!gap.onOneLine()) {
            return gap.trailing();
        }
        // Both tokens were on one line, so the comments between them go to the one that has something to say about.
        boolean ofPrevious = closes() && previous.getType() != OpvLexer.LBRACE;
        return ofPrevious ? gap.size() : 0;
    }

    /** The index of the comment that begins each row; the last row may have none. */
    private List<Integer> findRows() {
        int ofToken = firstOnTokensLine();
        List<Integer> found = new ArrayList<>();
        for (int i = trailing; i < ofToken; i++) {
            if (i == trailing || gap.beginsLine(i)) {
                found.add(i);
            }
        }
        found.add(ofToken);
        return found;
    }

    /** What documents, and what has several lines, goes above the line. */
    private int firstOnTokensLine() {
        int first = gap.size();
        while (!closes() && first > trailing && !gap.beginsLine(first)) {
            Comment comment = gap.comments().get(first - 1);
            if (comment.documentation() || comment.multiLine()) {
                break;
            }
            first--;
        }
        return first;
    }

    private boolean documentationAbove(int row) {
        return row > trailing && gap.comments().get(row - 1).documentation();
    }

    private boolean closes() {
        return token.getType() == OpvLexer.RBRACE || token.getType() == Token.EOF;
    }

    private static boolean opens(Token token) {
        return token.getType() == OpvLexer.LBRACE || token.getType() == OpvLexer.THEN;
    }
}
