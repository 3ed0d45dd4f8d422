// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.source;

/**
 * A stretch of a file, from code point {@code start} to before {@code end}. It may be empty, where something is missing.
 */
public record Span(SourceFile file, int start, int end) implements Comparable<Span> {
    /** More than this helps nobody to recognise it, and a hostile source could make messages of any length. */
    private static final int EXCERPT_LENGTH_MAX = 60;

    /** The smallest stretch that holds both. */
    public Span to(Span other) {
        return new Span(file, Math.min(start, other.start), Math.max(end, other.end));
    }

    public String text() {
        return file.text(start, end);
    }

    /** The text for a message: on one line, and cut if it is long. */
    public String excerpt() {
        int kept = Math.min(end - start, EXCERPT_LENGTH_MAX);
        String text = file.text(start, start + kept).replaceAll("\\s+", " ");
        return kept < end - start ? text + "…" : text;
    }

    public int line() {
        return file.line(start);
    }

    public int column() {
        return file.column(start);
    }

    /** Line of the end. */
    public int endLine() {
        return file.line(end);
    }

    /** Column of the first code point that no longer belongs to the span. */
    public int endColumn() {
        return file.column(end);
    }

    /** Orders by place in the file. Spans of different files are ordered by the files' names. */
    @Override
    public int compareTo(Span other) {
        if (file != other.file) {
            return file.name().compareTo(other.file.name());
        }
        return start != other.start ? Integer.compare(start, other.start) : Integer.compare(end, other.end);
    }
}
