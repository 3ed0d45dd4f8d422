// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.Token;

/**
 * What stands between two tokens that the parser sees.
 *
 * @param comments in order
 * @param lineEnds how many line ends stand before each comment, and before the token behind them: one more than comments
 */
record Gap(List<Comment> comments, List<Integer> lineEnds) {
    /** Line ends between two lines that have a blank line between them. */
    private static final int LINE_ENDS_OF_BLANK = 2;

    static Gap of(List<Token> hidden) {
        List<Comment> comments = new ArrayList<>();
        List<Integer> lineEnds = new ArrayList<>();
        int ends = 0;
        for (Token token : hidden) {
            if (Comment.is(token)) {
                comments.add(new Comment(token));
                lineEnds.add(ends);
                ends = 0;
            } else {
                ends += Comment.lineEnds(token.getText());
            }
        }
        lineEnds.add(ends);
        return new Gap(comments, lineEnds);
    }

    int size() {
        return comments.size();
    }

    /** Whether comment {@code index}, or the token behind the last, begins another line than what stands before it. */
    boolean beginsLine(int index) {
        return lineEnds.get(index) > 0;
    }

    boolean blankLineBefore(int index) {
        return lineEnds.get(index) >= LINE_ENDS_OF_BLANK;
    }

    /** How many comments follow the token before the gap on its line. */
    int trailing() {
        int count = 0;
        while (count < comments.size() && !beginsLine(count)) {
            count++;
        }
        return count;
    }

    /** Whether all of it, and both tokens, stand on one line. */
    boolean onOneLine() {
        return lineEnds.stream().allMatch(ends -> ends == 0);
    }

    /**
     * Whether a comment that stands inside a line has a row to itself. A block comment that has text before it or behind
     * it on its line stays in the text.
     */
    boolean hasOwnLine(int index) {
        return beginsLine(index) && (comments.get(index).toLineEnd() || beginsLine(index + 1));
    }

    /** Whether what follows a comment that stands inside a line must begin another. */
    boolean breaksLineBehind(int index) {
        return comments.get(index).toLineEnd() || hasOwnLine(index);
    }

    /** Whether its comments break the line that it stands in. */
    boolean breaksLine() {
        return IntStream.range(0, size()).anyMatch(this::breaksLineBehind);
    }
}
