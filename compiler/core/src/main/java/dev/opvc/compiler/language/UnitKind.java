// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.language;

/** The four things that a file can define for its callers. */
public enum UnitKind {
    TRANSACTION("transaction"),
    VECTOR("vector"),
    QUERY("query"),
    DRAIN("drain");

    private final String keyword;

    UnitKind(String keyword) {
        this.keyword = keyword;
    }

    /** The word that begins it, which is also its name in {@code explain}. */
    public String keyword() {
        return keyword;
    }

    /** Whether it folds what it finds on the CPUs, one after the other. */
    public boolean folds() {
        return this == QUERY || this == DRAIN;
    }
}
