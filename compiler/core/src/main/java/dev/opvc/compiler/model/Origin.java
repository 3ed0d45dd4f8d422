// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.source.Span;

/**
 * Where an expression is written. It takes no part in comparisons: all origins are equal, so that two expressions are
 * equal if they mean the same, wherever they stand.
 */
public final class Origin {
    private final Span span;

    public Origin(Span span) {
        this.span = span;
    }

    public Span span() {
        return span;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Origin;
    }

    @Override
    public int hashCode() {
        return Origin.class.hashCode();
    }

    @Override
    public String toString() {
        return span.toString();
    }
}
