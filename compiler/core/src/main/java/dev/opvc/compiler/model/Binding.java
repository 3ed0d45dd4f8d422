// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.language.Identifier;

/** A name for a value: {@code let name = value;}. Bindings are compared by identity. */
public final class Binding {
    private final Identifier identifier;
    private final Expr value;

    public Binding(Identifier identifier, Expr value) {
        this.identifier = identifier;
        this.value = value;
    }

    public String name() {
        return identifier.text();
    }

    public Identifier identifier() {
        return identifier;
    }

    public Expr value() {
        return value;
    }
}
