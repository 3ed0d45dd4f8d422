// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.names;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One scope of a header: each of its names belongs to one thing, else that is reported. */
public final class NameScope {
    /**
     * What has a name.
     *
     * @param identifier what the user would have to rename
     * @param description what is called so in C, such as {@code transaction pop}
     */
    public record Owner(Identifier identifier, String description) {}

    private final Diagnostics diagnostics;
    private final Map<String, Owner> owners = new LinkedHashMap<>();

    public NameScope(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /**
     * Takes a name, or reports that it is taken.
     *
     * @param identifier what the user would have to rename
     * @param description what is called so in C, such as {@code transaction pop}
     */
    public void claim(String name, Identifier identifier, String description) {
        Owner owner = new Owner(identifier, description);
        Owner first = owners.putIfAbsent(name, owner);
        if (first != null) {
            diagnostics.report(collision(name, first, owner));
        }
    }

    /** The names that have been taken. */
    public Map<String, Owner> owners() {
        return Collections.unmodifiableMap(owners);
    }

    private static Diagnostic collision(String name, Owner first, Owner second) {
        String message = first.description + " and " + second.description + " are both named " + name + " in C";
        Diagnostic diagnostic = Diagnostic.at(second.identifier.span(), DiagnosticCode.TARGET_NAME_COLLISION, message)
                .help("rename one of them");
        String note = first.description + " is here";
        boolean sameFile =
                first.identifier.span().file() == second.identifier.span().file();
        return sameFile ? diagnostic.note(first.identifier.span(), note) : diagnostic.note(note);
    }
}
