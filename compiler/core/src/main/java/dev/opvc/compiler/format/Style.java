// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

/** The measures of the formatting. A column is a code point. */
final class Style {
    /** Columns that a line may have. */
    static final int WIDTH_MAX = 120;
    /** Columns of one level of nesting. */
    static final int INDENT = 4;
    /** Columns by which the rest of a line that was wrapped stands further right than its beginning. */
    static final int CONTINUATION_INDENT = 8;

    private Style() {}
}
