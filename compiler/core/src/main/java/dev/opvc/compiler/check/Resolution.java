// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.source.Span;

/**
 * Resolves definitions when they are first needed, each once. One that is met while it is being resolved needs itself.
 */
final class Resolution {
    /** How many definitions may need each other in a row. */
    static final int DEPENDENCY_DEPTH_MAX = 100;

    private enum State {
        UNRESOLVED,
        RESOLVING,
        RESOLVED
    }

    /** Something that is resolved. */
    abstract static class Entry {
        private State state = State.UNRESOLVED;

        abstract Identifier name();

        boolean isBeingResolved() {
            return state == State.RESOLVING;
        }
    }

    private final Diagnostics diagnostics;
    private int depth;

    Resolution(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Defines an entry, unless that was done. One that lies too deep is reported and stays as it is. */
    void resolve(Entry entry, Runnable define) {
        if (entry.state != State.UNRESOLVED) {
            return;
        }
        entry.state = State.RESOLVING;
        if (depth < DEPENDENCY_DEPTH_MAX) {
            depth++;
            define.run();
            depth--;
        } else {
            diagnostics.report(Diagnostic.at(
                    entry.name().span(),
                    DiagnosticCode.NESTED_TOO_DEEP,
                    "definitions need each other more than " + DEPENDENCY_DEPTH_MAX + " deep"));
        }
        entry.state = State.RESOLVED;
    }

    static void reportRecursion(String name, Span use, String help, Diagnostics diagnostics) {
        diagnostics.report(
                Diagnostic.at(use, DiagnosticCode.RECURSIVE_DEFINITION, "`" + name + "` needs itself to be complete")
                        .help(help));
    }
}
