// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.source;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of one file, and where its lines begin.
 *
 * <p>Offsets count Unicode code points, as columns in diagnostics do; the lexer counts the same way.
 */
public final class SourceFile {
    private final String name;
    private final int[] codePoints;
    private final int[] lineStarts;

    /**
     * @param name how the user named the file; diagnostics begin with it
     * @param text its content
     */
    public SourceFile(String name, String text) {
        this.name = name;
        this.codePoints = text.codePoints().toArray();
        this.lineStarts = lineStarts(codePoints);
    }

    private static int[] lineStarts(int[] codePoints) {
        List<Integer> starts = new ArrayList<>();
        starts.add(0);
        for (int i = 0; i < codePoints.length; i++) {
            if (codePoints[i] == '\n') {
                starts.add(i + 1);
            }
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    public String name() {
        return name;
    }

    /** Length in code points. */
    public int length() {
        return codePoints.length;
    }

    /** The whole text. */
    public String text() {
        return text(0, codePoints.length);
    }

    /** The text from code point {@code start} to before {@code end}. */
    public String text(int start, int end) {
        return new String(codePoints, start, end - start);
    }

    /** Line of an offset, from 1. */
    public int line(int offset) {
        int index = java.util.Arrays.binarySearch(lineStarts, offset);
        return index >= 0 ? index + 1 : -index - 1;
    }

    /** Column of an offset, from 1; a tab is one. */
    public int column(int offset) {
        return offset - lineStarts[line(offset) - 1] + 1;
    }

    /** Offset of a line and column, both from 1. */
    public int offset(int line, int column) {
        return Math.min(lineStarts[line - 1] + column - 1, codePoints.length);
    }

    /** The text of a line, counted from 1, without its line end. */
    public String lineText(int line) {
        int start = lineStarts[line - 1];
        int end = line < lineStarts.length ? lineStarts[line] - 1 : codePoints.length;
        if (end > start && codePoints[end - 1] == '\r') {
            end--;
        }
        return text(start, end);
    }
}
