// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.language.Identifier;

/** A named result of a transaction. Results are compared by identity. */
public final class Result {
    private final Identifier identifier;
    private final Type type;

    public Result(Identifier identifier, Type type) {
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
