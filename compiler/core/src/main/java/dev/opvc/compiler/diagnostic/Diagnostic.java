// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.diagnostic;

import dev.opvc.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong, where, and how to mend it, as data; renderers make text of it.
 *
 * @param code the stable code
 * @param file the file, as the user named it
 * @param span the place in it; null where the file as a whole is meant (it cannot be read, for instance)
 * @param message one sentence without a full stop
 * @param notes places and facts that help to see why
 * @param help how to mend it, or null
 */
public record Diagnostic(
        DiagnosticCode code,
        String file,
        @Nullable Span span,
        String message,
        List<Note> notes,
        @Nullable String help) {

    public Diagnostic {
        notes = List.copyOf(notes);
    }

    /** A fact that helps, with its place where it has one. The text may have several lines. */
    public record Note(@Nullable Span span, String message) {}

    public Severity severity() {
        return code.severity();
    }

    /** A diagnostic for a place in a file. */
    public static Diagnostic at(Span span, DiagnosticCode code, String message) {
        return new Diagnostic(code, span.file().name(), span, message, List.of(), null);
    }

    /** A diagnostic for a file as a whole. */
    public static Diagnostic of(String file, DiagnosticCode code, String message) {
        return new Diagnostic(code, file, null, message, List.of(), null);
    }

    /** The same with a way to mend it. */
    public Diagnostic help(String text) {
        return new Diagnostic(code, file, span, message, notes, text);
    }

    /** The same with one more note that has a place. */
    public Diagnostic note(Span place, String text) {
        return withNote(new Note(place, text));
    }

    /** The same with one more note. */
    public Diagnostic note(String text) {
        return withNote(new Note(null, text));
    }

    private Diagnostic withNote(Note note) {
        List<Note> more = new ArrayList<>(notes);
        more.add(note);
        return new Diagnostic(code, file, span, message, more, help);
    }
}
