// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import java.util.List;
import java.util.Random;

/** Writes tokens down with white space, and perhaps comments, of any kind between them. */
final class RandomLayout {
    private static final String NEEDS_NO_SPACE = "()[]{},;";
    private static final List<String> SPACES = List.of(" ", "  ", "\t", " \f ");
    private static final List<String> LINE_ENDS = List.of("\n", "\r\n", "\r", "\n    ", "  \n\t", "\n            ");
    private static final List<String> BLANK_LINES = List.of("\n\n", "\n \n\n  ", "\r\n\r\n", "\r\r");
    private static final List<String> LINE_COMMENTS = List.of(
            "// a line",
            "//",
            "///   spaced  ",
            "// with /* both */ kinds",
            "// \u00e9\ud83d\ude00 {",
            "//! OPV0101 x");
    private static final List<String> BLOCK_COMMENTS = List.of(
            "/* short */",
            "/**/",
            "/***/",
            "/** Documents. */",
            "/* two\n lines */",
            "/**\n      * Starred,\n *\n\n\t* and not aligned.   \n*/",
            "/**\r\n * From elsewhere.\r\n */",
            "/*\n  free\n      text\n*/",
            "/* a long one, so that it makes a line too long that would have had room for all of it without it */");

    private final Random random;
    private final int commentOneIn;
    private final boolean blankLines;
    private final StringBuilder out = new StringBuilder();

    private RandomLayout(Random random, int commentOneIn, boolean blankLines) {
        this.random = random;
        this.commentOneIn = commentOneIn;
        this.blankLines = blankLines;
    }

    /** White space only, and no blank lines: what the formatting must not depend on. */
    static String withoutMeaning(List<String> tokens, Random random) {
        return new RandomLayout(random, 0, false).write(tokens);
    }

    /** Anything, with a comment in about one of {@code commentOneIn} gaps. */
    static String withComments(List<String> tokens, Random random, int commentOneIn) {
        return new RandomLayout(random, commentOneIn, true).write(tokens);
    }

    private String write(List<String> tokens) {
        String previous = "";
        for (String token : tokens) {
            gap(previous, token);
            out.append(token);
            previous = token;
        }
        gap(previous, "");
        return out.toString();
    }

    private void gap(String left, String right) {
        int before = out.length();
        boolean comment = commentOneIn > 0 && random.nextInt(commentOneIn) == 0;
        if (comment) {
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                comment(left);
            }
        }
        whiteSpace();
        if (out.length() == before && !mayTouch(left, right)) {
            out.append(' ');
        }
    }

    private void comment(String left) {
        whiteSpace();
        if (left.endsWith("/") && out.charAt(out.length() - 1) == '/') {
            out.append(' ');
        }
        if (random.nextBoolean()) {
            out.append(pick(LINE_COMMENTS)).append(pick(LINE_ENDS));
        } else {
            out.append(pick(BLOCK_COMMENTS));
        }
    }

    private void whiteSpace() {
        switch (random.nextInt(blankLines ? 4 : 3)) {
            case 0 -> out.append(pick(SPACES));
            case 1 -> out.append(pick(LINE_ENDS));
            case 2 -> {}
            default -> out.append(pick(BLANK_LINES));
        }
    }

    /** Whether two tokens stay two with nothing between them. */
    private static boolean mayTouch(String left, String right) {
        return left.isEmpty() || right.isEmpty() || NEEDS_NO_SPACE.contains(left) || NEEDS_NO_SPACE.contains(right);
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
