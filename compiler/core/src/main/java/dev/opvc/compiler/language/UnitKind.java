// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.language;

/** The three things that a file can define for its callers. */
public enum UnitKind {
    TRANSACTION("transaction"),
    VECTOR("vector"),
    QUERY("query");

    private final String keyword;

    UnitKind(String keyword) {
        this.keyword = keyword;
    }

    /** The word that begins it, which is also its name in {@code explain}. */
    public String keyword() {
        return keyword;
    }
}
