// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.names;

/** Where a name of a generated header lives, and so what it can be in conflict with. */
public enum NameKind {
    /** Tags, functions, enumerators and macros. */
    FILE_SCOPE,
    /** Members of structs. */
    MEMBER,
    /** Parameters and local variables. */
    LOCAL,
    /** Those of the functions of a query. */
    QUERY_LOCAL;

    private static final String MARK = "_";

    /** The name itself, or, if it is taken in this place, the name with a trailing underscore. */
    public String safe(String name) {
        return ReservedNames.isReserved(this, name) ? name + MARK : name;
    }
}
