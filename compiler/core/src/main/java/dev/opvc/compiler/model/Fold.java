// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import java.util.Locale;
import java.util.Optional;

/** How a query makes one value of those that it found on all CPUs, in their ascending order. */
public enum Fold {
    /** Adds; integers wrap in their own width. */
    SUM(false),
    /** The smallest; on floats as {@link Builtin#MIN}. */
    MIN(false),
    /** The greatest; on floats as {@link Builtin#MAX}. */
    MAX(false),
    /** Whether one is true. */
    ANY(true),
    /** Whether none is false. */
    ALL(true),
    /** How many are true, as a u64. */
    COUNT(true);

    private final boolean ofTruth;

    Fold(boolean ofTruth) {
        this.ofTruth = ofTruth;
    }

    /** The fold of a name of the language. */
    public static Optional<Fold> named(String name) {
        for (Fold fold : values()) {
            if (fold.word().equals(name)) {
                return Optional.of(fold);
            }
        }
        return Optional.empty();
    }

    /** Its name in the language. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a function of two arguments has its name too. */
    public boolean sharesItsName() {
        return this == MIN || this == MAX;
    }

    /** The type of what it gives where it folds values of a type. */
    public Type resultFor(Type type) {
        return this == COUNT ? ScalarType.U64 : type;
    }

    /** Whether it folds values of a type. */
    public boolean isDefinedFor(Type type) {
        return type instanceof ScalarType scalar && ofTruth == (scalar == ScalarType.BOOL);
    }
}
