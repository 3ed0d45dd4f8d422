// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.diagnostic;

/**
 * Text that a terminal only shows. Control characters could move the cursor, change colours or reorder a line so that
 * it reads as something else, so each is replaced by one visible character.
 */
final class Printable {
    /** U+2400 to U+241F picture the control characters 0 to 1F. */
    private static final int CONTROL_PICTURES = 0x2400;

    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7f;
    private static final int PICTURE_OF_DELETE = 0x2421;
    private static final int REPLACEMENT = 0xfffd;

    /**
     * Code points that take two columns of a terminal, as ranges with both ends: those that Unicode Standard Annex 11
     * calls wide or fullwidth, rounded to blocks.
     */
    private static final int[][] WIDE = {
        {0x1100, 0x115f}, {0x2e80, 0x303e}, {0x3041, 0xa4cf}, {0xa960, 0xa97f}, {0xac00, 0xd7a3},
        {0xf900, 0xfaff}, {0xfe30, 0xfe6f}, {0xff01, 0xff60}, {0xffe0, 0xffe6}, {0x16fe0, 0x18aff},
        {0x1b000, 0x1b2ff}, {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x1fa70, 0x1faff},
        {0x20000, 0x3fffd},
    };

    private Printable() {}

    /** The text with what could control a terminal replaced; tabs stay. */
    static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().map(Printable::of).forEach(printable::appendCodePoint);
        return printable.toString();
    }

    /** What stands for a code point; itself, if it is harmless. */
    static int of(int codePoint) {
        if (codePoint == '\t') {
            return codePoint;
        }
        if (codePoint < FIRST_PRINTABLE) {
            return CONTROL_PICTURES + codePoint;
        }
        if (codePoint == DELETE) {
            return PICTURE_OF_DELETE;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> REPLACEMENT;
            default -> codePoint;
        };
    }

    /** Columns that a printable code point other than a tab takes: 0 for one that is drawn onto its neighbour. */
    static int width(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (codePoint >= range[0] && codePoint <= range[1]) {
                return 2;
            }
        }
        return 1;
    }
}
