// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.emit.c.names.NameScope.Owner;
import dev.opvc.compiler.language.Identifier;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The names of all headers of a run. Two headers that give one name to two things are right by themselves, but no C file
 * can include both.
 */
final class RunNames {
    private final Diagnostics diagnostics;
    private final Map<String, Owner> owners = new HashMap<>();
    private final Set<Identifier> reported = Collections.newSetFromMap(new IdentityHashMap<>());

    RunNames(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Adds a header's names, and warns of each definition that shares one with an earlier header's. */
    void add(HeaderNames names) {
        names.owners().forEach(this::add);
    }

    private void add(String name, Owner owner) {
        Owner first = owners.putIfAbsent(name, owner);
        if (first != null && isElsewhere(first, owner) && reported.add(owner.identifier())) {
            diagnostics.report(collision(name, first, owner));
        }
    }

    private static boolean isElsewhere(Owner first, Owner second) {
        return !first.identifier()
                .span()
                .file()
                .equals(second.identifier().span().file());
    }

    private static Diagnostic collision(String name, Owner first, Owner second) {
        String message = second.description() + " is named " + name + " in C, as is " + first.description() + " of "
                + first.identifier().span().file().name() + ": no C file can include both headers";
        return Diagnostic.at(second.identifier().span(), DiagnosticCode.C_NAME_OF_TWO_HEADERS, message)
                .help(
                        "begin the names of one of the files with a word of its own, by `prefix word;` behind its package");
    }
}
