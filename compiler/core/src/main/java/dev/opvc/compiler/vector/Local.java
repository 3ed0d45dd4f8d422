// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.Type;

/** A value that is computed once and then used by a name. Locals are compared by identity. */
public final class Local {
    private final Identifier identifier;
    private final Type type;

    /** @param identifier what a reader of generated code may know it by; not unique */
    public Local(Identifier identifier, Type type) {
        this.identifier = identifier;
        this.type = type;
    }

    public String name() {
        return identifier.text();
    }

    public Identifier identifier() {
        return identifier;
    }

    public Type type() {
        return type;
    }
}
