// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.names;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.source.Span;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Names of the generated Java that must differ. Names of OPV that do not in Java are reported, both of them. */
public final class NameScope {
    /**
     * Something with a name in Java.
     *
     * @param name the name in Java
     * @param source what it comes from, for instance {@code `a_b`}
     * @param span where that is written
     */
    private record Named(String name, String source, Span span) {}

    private final String kind;
    private final boolean caseMatters;
    private final Diagnostics diagnostics;
    private final Map<String, Named> taken = new HashMap<>();

    private NameScope(String kind, boolean caseMatters, Diagnostics diagnostics) {
        this.kind = kind;
        this.caseMatters = caseMatters;
        this.diagnostics = diagnostics;
    }

    /**
     * Names that Java tells apart.
     *
     * @param kind what they name and where, for instance {@code method of class Latency}
     */
    static NameScope of(String kind, Diagnostics diagnostics) {
        return new NameScope(kind, true, diagnostics);
    }

    /** Names of classes: each has a file, and there are file systems to which the case of letters is nothing. */
    static NameScope ofClasses(String kind, Diagnostics diagnostics) {
        return new NameScope(kind, false, diagnostics);
    }

    /** Takes a name, or reports the clash at the later of the two places and returns false. */
    boolean declare(String name, String source, Span span) {
        Named named = new Named(name, source, span);
        Named first = taken.putIfAbsent(caseMatters ? name : name.toLowerCase(Locale.ROOT), named);
        if (first != null) {
            boolean inOrder = first.span.compareTo(span) <= 0;
            report(inOrder ? first : named, inOrder ? named : first);
        }
        return first == null;
    }

    private void report(Named first, Named second) {
        String message = first.name.equals(second.name)
                ? String.format(
                        "in Java, %s and %s are both the %s `%s`", first.source, second.source, kind, first.name)
                : String.format(
                        "in Java, %s and %s are the %s `%s` and `%s`, which some file systems cannot tell apart",
                        first.source, second.source, kind, first.name, second.name);
        diagnostics.report(Diagnostic.at(second.span, DiagnosticCode.TARGET_NAME_COLLISION, message)
                .note(first.span, first.source + " is here")
                .help("rename one of them"));
    }
}
