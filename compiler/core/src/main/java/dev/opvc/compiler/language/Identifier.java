// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.language;

import dev.opvc.compiler.source.Span;

/** A name as it was written. */
public record Identifier(String text, Span span) {
    @Override
    public String toString() {
        return text;
    }
}
