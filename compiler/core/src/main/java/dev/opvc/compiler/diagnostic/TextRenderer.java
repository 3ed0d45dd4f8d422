// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.diagnostic;

import dev.opvc.compiler.source.Span;
import java.util.List;

/**
 * Renders diagnostics for people:
 *
 * <pre>
 * counter.opv:3:5: error[OPV0201]: there is no `total`
 *     total += 1;
 *     ^^^^^
 * help: did you mean `l-&gt;total`?
 * </pre>
 *
 * <p>A note with a place has the form of the first three lines, with {@code note} in place of the severity. Whatever
 * comes from a file is shown so that it cannot control a terminal.
 */
public final class TextRenderer {
    private static final String CONTINUATION = "    ";

    private TextRenderer() {}

    /** All diagnostics, one after the other, each line with its end. */
    public static String render(List<Diagnostic> diagnostics) {
        StringBuilder text = new StringBuilder();
        diagnostics.forEach(diagnostic -> render(diagnostic, text));
        return text.toString();
    }

    private static void render(Diagnostic diagnostic, StringBuilder text) {
        String label = diagnostic.severity().label() + "[" + diagnostic.code().text() + "]";
        Span span = diagnostic.span();
        if (span == null) {
            text.append(Printable.of(diagnostic.file())).append(": ");
            appendParagraph(label, diagnostic.message(), text);
        } else {
            appendPlaced(diagnostic.file(), span, label, diagnostic.message(), text);
        }
        diagnostic.notes().forEach(note -> render(note, text));
        if (diagnostic.help() != null) {
            appendParagraph("help", diagnostic.help(), text);
        }
    }

    private static void render(Diagnostic.Note note, StringBuilder text) {
        Span span = note.span();
        if (span == null) {
            appendParagraph("note", note.message(), text);
        } else {
            appendPlaced(span.file().name(), span, "note", note.message(), text);
        }
    }

    private static void appendPlaced(String file, Span span, String label, String message, StringBuilder text) {
        text.append(Printable.of(file)).append(':').append(span.line());
        text.append(':').append(span.column()).append(": ");
        appendParagraph(label, message, text);
        Snippet snippet = Snippet.of(span);
        text.append(snippet.source()).append('\n');
        text.append(snippet.carets()).append('\n');
    }

    /** The lines behind the first are indented, so that none can be taken for the start of something else. */
    private static void appendParagraph(String label, String paragraph, StringBuilder text) {
        text.append(label).append(": ");
        String[] lines = paragraph.split("\n", -1);
        text.append(Printable.of(lines[0])).append('\n');
        for (int i = 1; i < lines.length; i++) {
            text.append((CONTINUATION + Printable.of(lines[i])).stripTrailing()).append('\n');
        }
    }
}
