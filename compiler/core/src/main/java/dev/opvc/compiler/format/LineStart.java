// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

/**
 * That a token begins a line.
 *
 * @param indent levels of nesting
 * @param commentIndent levels of nesting of the comments above it that have lines of their own
 * @param blankLines what may stand above it
 * @param documented whether it begins a declaration or a field, which a documentation comment belongs to
 */
record LineStart(int indent, int commentIndent, BlankLines blankLines, boolean documented) {
    /** Blank lines above a line. */
    enum BlankLines {
        NONE,
        /** As many as are written, but one at most. */
        AS_WRITTEN,
        /** One, wherever between the line and the one above it. */
        ONE
    }
}
