// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.language.Identifier;
import org.jspecify.annotations.Nullable;

/** A field of a struct. Fields are compared by identity. */
public final class Field {
    private final Identifier identifier;
    private final Type type;
    private final Expr.@Nullable Constant initial;
    private final @Nullable String doc;

    /**
     * @param initial what this begins with, in the field's type; of an array each value that it is made of; null where
     *     nothing is said, so that a struct has what its own fields say, and all else is zero
     * @param doc the documentation comment as written, with its delimiters
     */
    public Field(Identifier identifier, Type type, Expr.@Nullable Constant initial, @Nullable String doc) {
        this.identifier = identifier;
        this.type = type;
        this.initial = initial;
        this.doc = doc;
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

    public Expr.@Nullable Constant initial() {
        return initial;
    }

    public @Nullable String doc() {
        return doc;
    }
}
