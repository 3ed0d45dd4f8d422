// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.diagnostic;

import dev.opvc.compiler.json.Json;
import dev.opvc.compiler.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renders diagnostics for tools: one JSON object a line, with the members {@code file line column endLine endColumn
 * severity code message}, and after them {@code notes} and {@code help} where there are any. A note has a
 * {@code message}, and {@code file} to {@code endColumn} where it has a place.
 *
 * <p>Lines and columns count from 1, columns in code points; the end is the first place behind. A diagnostic for a file
 * as a whole has the empty place at its start: 1, 1, 1, 1.
 */
public final class JsonRenderer {
    private JsonRenderer() {}

    /** One line for each diagnostic, with its end. */
    public static String render(List<Diagnostic> diagnostics) {
        StringBuilder text = new StringBuilder();
        diagnostics.forEach(
                diagnostic -> text.append(Json.line(object(diagnostic))).append('\n'));
        return text.toString();
    }

    private static Map<String, Object> object(Diagnostic diagnostic) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("file", diagnostic.file());
        putPlace(diagnostic.span(), members);
        members.put("severity", diagnostic.severity().label());
        members.put("code", diagnostic.code().text());
        members.put("message", diagnostic.message());
        if (!diagnostic.notes().isEmpty()) {
            List<Object> notes = new ArrayList<>();
            diagnostic.notes().forEach(note -> notes.add(object(note)));
            members.put("notes", notes);
        }
        if (diagnostic.help() != null) {
            members.put("help", diagnostic.help());
        }
        return members;
    }

    private static Map<String, Object> object(Diagnostic.Note note) {
        Map<String, Object> members = new LinkedHashMap<>();
        Span span = note.span();
        if (span != null) {
            members.put("file", span.file().name());
            putPlace(span, members);
        }
        members.put("message", note.message());
        return members;
    }

    private static void putPlace(@Nullable Span span, Map<String, Object> members) {
        members.put("line", span == null ? 1 : span.line());
        members.put("column", span == null ? 1 : span.column());
        members.put("endLine", span == null ? 1 : span.endLine());
        members.put("endColumn", span == null ? 1 : span.endColumn());
    }
}
