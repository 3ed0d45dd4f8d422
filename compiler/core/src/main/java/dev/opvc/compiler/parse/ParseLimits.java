// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

/**
 * What a source may hold, so that a hostile one gets a message and not a stack overflow. People's files stay far below.
 */
public final class ParseLimits {
    /** Bytes of one file. Time and memory grow with them; see the compiler's README. */
    public static final int SOURCE_BYTES_MAX = 1 << 24;
    /** Brackets and unbraced {@code then}s that may be open at once, and prefix operators that may stand in a row. */
    public static final int NESTING_MAX = 64;
    /** Tokens between one statement's end and the next; it bounds how deep an expression's tree can be. */
    public static final int STATEMENT_TOKENS_MAX = 700;

    private ParseLimits() {}
}
