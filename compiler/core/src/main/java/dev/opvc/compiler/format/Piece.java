// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import org.antlr.v4.runtime.Token;

/**
 * A token or a comment of a line, with what may stand before it.
 *
 * @param spaceBefore whether a space does, if it begins no line
 * @param wrapLevel the level of wrapping before it
 * @param ownLineAt the column at which it begins a line in any case, or {@link #NO_LINE}
 * @param counted whether a line must be long enough for it; a comment at the end is no reason to wrap code
 */
record Piece(Content content, boolean spaceBefore, int wrapLevel, int ownLineAt, boolean counted) {
    private static final int NO_LINE = -1;

    /** The text of a piece whose further lines, which only comments have, stand below that column. */
    interface Content {
        String render(int column);
    }

    static Piece of(Token token, boolean spaceBefore, int wrapLevel) {
        return new Piece(text(token), spaceBefore, wrapLevel, NO_LINE, true);
    }

    static Piece of(Comment comment, boolean spaceBefore, int wrapLevel) {
        return new Piece(comment::render, spaceBefore, wrapLevel, NO_LINE, !comment.toLineEnd());
    }

    static Piece atLineEnd(Comment comment) {
        return new Piece(comment::render, true, WrapPoints.NEVER, NO_LINE, false);
    }

    /** The same, at the beginning of a line. */
    Piece onOwnLine(int column) {
        return new Piece(content, false, WrapPoints.NEVER, column, counted);
    }

    boolean beginsLine() {
        return ownLineAt != NO_LINE;
    }

    private static Content text(Token token) {
        String text = token.getText();
        return column -> text;
    }
}
