// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement, a head, a declaration without a body, or a row of comments: one line, if it is not too long.
 *
 * <p>A line that is too long is wrapped where that parts least of what belongs together, and of several such places at
 * the last one that the line has room for.
 */
final class Line {
    private final int indent;
    private final List<Piece> pieces = new ArrayList<>();

    /**
     * @param level levels of nesting
     */
    Line(int level) {
        indent = level * Style.INDENT;
    }

    /** The column at which it begins. */
    int indent() {
        return indent;
    }

    /** The column at which it goes on where it is wrapped. */
    int continuationIndent() {
        return indent + Style.CONTINUATION_INDENT;
    }

    void add(Piece piece) {
        pieces.add(piece);
    }

    void render(StringBuilder out) {
        int column = indent;
        int begin = 0;
        while (begin < pieces.size()) {
            int end = end(begin, column);
            write(begin, end, column, out);
            if (end < pieces.size()) {
                Piece next = pieces.get(end);
                column = next.beginsLine() ? next.ownLineAt() : continuationIndent();
            }
            begin = end;
        }
    }

    private void write(int begin, int end, int start, StringBuilder out) {
        out.append(" ".repeat(start));
        int column = start;
        for (int i = begin; i < end; i++) {
            String text = textAt(i, begin, column);
            out.append(text);
            column = columnBehind(text, column);
        }
        out.append('\n');
    }

    /** The index of the piece that begins the next line, if piece {@code begin} begins this one. */
    private int end(int begin, int start) {
        int column = start;
        int wrap = -1;
        int wrapLevel = WrapPoints.NEVER;
        boolean tooLong = false;
        for (int i = begin; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (i > begin) {
                if (piece.beginsLine()) {
                    return i;
                }
                if (piece.wrapLevel() != WrapPoints.NEVER && piece.wrapLevel() <= wrapLevel) {
                    wrap = i;
                    wrapLevel = piece.wrapLevel();
                }
            }
            if (piece.counted()) {
                String text = textAt(i, begin, column);
                tooLong |= isTooLong(text, column);
                column = columnBehind(text, column);
            }
            if (tooLong && wrap >= 0) {
                return wrap;
            }
        }
        return pieces.size();
    }

    /**
     * A comment that stands behind other text goes on where a wrapped line does: if it went on below its own beginning,
     * a row of such comments would lead further right with each.
     */
    private String textAt(int index, int begin, int column) {
        Piece piece = pieces.get(index);
        if (index == begin) {
            return piece.content().render(column);
        }
        String text = piece.content().render(continuationIndent());
        return piece.spaceBefore() ? " " + text : text;
    }

    private static boolean isTooLong(String text, int column) {
        int lineEnd = text.indexOf('\n');
        int firstEnd = lineEnd < 0 ? text.length() : lineEnd;
        return column + text.codePointCount(0, firstEnd) > Style.WIDTH_MAX;
    }

    private static int columnBehind(String text, int column) {
        int lastStart = text.lastIndexOf('\n') + 1;
        int length = text.codePointCount(lastStart, text.length());
        return lastStart == 0 ? column + length : length;
    }
}
