// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.diagnostic;

import dev.opvc.compiler.source.Span;

/**
 * The source line where a span begins, and a line with carets below what belongs to the span.
 *
 * <p>Carets line up whatever a tab stop is, because tabs are copied from the one line to the other.
 */
record Snippet(String source, String carets) {
    /** Code points of a line that are shown; machines write longer lines than people. */
    private static final int LENGTH_MAX = 160;
    /** Code points that are kept before the place, of a line that is cut. */
    private static final int LEAD = 60;

    private static final String CUT = "...";

    static Snippet of(Span span) {
        int[] line = span.file()
                .lineText(span.line())
                .codePoints()
                .map(Printable::of)
                .toArray();
        int start = Math.min(span.column() - 1, line.length);
        int end = span.endLine() == span.line() ? Math.min(span.endColumn() - 1, line.length) : line.length;
        if (line.length <= LENGTH_MAX) {
            return of(line, 0, line.length, start, end);
        }
        int from = Math.max(0, Math.min(start - LEAD, line.length - LENGTH_MAX));
        return of(line, from, from + LENGTH_MAX, start, end);
    }

    /** Shows the line from {@code from} to {@code to}, with carets from {@code start} to {@code end}. */
    private static Snippet of(int[] line, int from, int to, int start, int end) {
        StringBuilder carets = new StringBuilder();
        if (from > 0) {
            carets.append(" ".repeat(CUT.length()));
        }
        for (int i = from; i < start; i++) {
            carets.append(line[i] == '\t' ? "\t" : " ".repeat(Printable.width(line[i])));
        }
        StringBuilder below = new StringBuilder();
        for (int i = start; i < Math.min(end, to); i++) {
            below.append(line[i] == '\t' ? "\t" : "^".repeat(Printable.width(line[i])));
        }
        String marked = below.toString().stripTrailing();
        carets.append(marked.isEmpty() ? "^" : marked);
        String source = (from > 0 ? CUT : "") + new String(line, from, to - from) + (to < line.length ? CUT : "");
        return new Snippet(source, carets.toString());
    }
}
