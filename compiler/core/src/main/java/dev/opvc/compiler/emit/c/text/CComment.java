// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Comments of C, in which the user's text cannot do harm. */
public final class CComment {
    private static final Pattern COMMENT_END = Pattern.compile("\\*(?=/)");
    private static final Pattern COMMENT_START = Pattern.compile("/(?=\\*)");
    private static final Pattern TRIGRAPH = Pattern.compile("\\?(?=\\?[=/'()!<>-])");
    private static final Pattern LINE_SPLICE = Pattern.compile("\\\\$");

    private CComment() {}

    /** Writes a documentation comment; nothing if there are no lines. */
    public static void write(CText text, List<String> lines) {
        if (lines.size() == 1) {
            text.line("/** " + harmless(lines.get(0)) + " */");
        } else if (!lines.isEmpty()) {
            text.line("/**");
            lines.forEach(line -> text.line((" * " + harmless(line)).stripTrailing()));
            text.line(" */");
        }
    }

    /** Two texts with an empty line between them, if there are two. */
    public static List<String> paragraphs(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        if (!first.isEmpty() && !second.isEmpty()) {
            all.add("");
        }
        all.addAll(second);
        return List.copyOf(all);
    }

    /** A line that neither ends a comment nor begins one, splices no lines, and has no invisible characters. */
    public static String harmless(String line) {
        StringBuilder visible = new StringBuilder();
        line.codePoints().forEach(point -> visible.appendCodePoint(isInvisible(point) ? ' ' : point));
        String text = visible.toString().stripTrailing();
        text = COMMENT_END.matcher(text).replaceAll("* ");
        text = COMMENT_START.matcher(text).replaceAll("/ ");
        text = TRIGRAPH.matcher(text).replaceAll("? ");
        return LINE_SPLICE.matcher(text).replaceAll("$0.");
    }

    /** Control characters, and those that turn the direction of the text around them. */
    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
