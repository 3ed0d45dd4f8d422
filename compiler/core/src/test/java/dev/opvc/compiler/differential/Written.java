// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

/**
 * An expression as it is written.
 *
 * @param kind what is known of it when it is compiled
 */
record Written(String text, Kind kind) {
    enum Kind {
        /** A literal, which has no type yet. */
        LITERAL,
        /** Known, and of a type. */
        CONSTANT,
        /** Not known. */
        VALUE
    }

    static Written literal(String text) {
        return new Written(text, Kind.LITERAL);
    }

    static Written value(String text) {
        return new Written(text, Kind.VALUE);
    }

    boolean isKnown() {
        return kind != Kind.VALUE;
    }
}
