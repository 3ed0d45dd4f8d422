// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import dev.opvc.grammar.OpvLexer;
import java.util.List;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;

/**
 * A comment.
 *
 * <p>White space at the ends of its lines goes. Where each further line begins with a star, the stars are put below
 * each other; else those lines stay where they are, because what they hold may be aligned by hand.
 */
final class Comment {
    private static final Pattern LINE_END = Pattern.compile("\r\n|[\n\r]");
    private static final String DOCUMENTATION_OPENING = "/**";
    private static final String EMPTY_BLOCK = "/**/";
    private static final String STAR = "*";

    private final boolean toLineEnd;
    private final boolean documentation;
    private final boolean starred;
    private final List<String> lines;

    Comment(Token token) {
        String text = token.getText();
        List<String> stripped = strippedLines(text);
        toLineEnd = token.getType() == OpvLexer.LINE_COMMENT;
        documentation = !toLineEnd && text.startsWith(DOCUMENTATION_OPENING) && !text.equals(EMPTY_BLOCK);
        starred = stripped.stream().skip(1).allMatch(line -> line.isEmpty() || line.startsWith(STAR));
        lines = starred ? stripped : linesStrippedAtEnd(text);
    }

    static boolean is(Token token) {
        return token.getType() == OpvLexer.LINE_COMMENT || token.getType() == OpvLexer.BLOCK_COMMENT;
    }

    /** The lines of a comment without the white space around them. */
    static List<String> strippedLines(String text) {
        return LINE_END.splitAsStream(text).map(String::strip).toList();
    }

    private static List<String> linesStrippedAtEnd(String text) {
        return LINE_END.splitAsStream(text).map(String::stripTrailing).toList();
    }

    /** How many line ends a text has. */
    static int lineEnds(String text) {
        return (int) LINE_END.matcher(text).results().count();
    }

    /** Whether the rest of its line belongs to it, so that what follows begins another. */
    boolean toLineEnd() {
        return toLineEnd;
    }

    boolean documentation() {
        return documentation;
    }

    boolean multiLine() {
        return lines.size() > 1;
    }

    /** The comment's text, aligned as if it began at that column, from 0. */
    String render(int column) {
        if (!starred) {
            return String.join("\n", lines);
        }
        String alignment = "\n" + " ".repeat(column + 1);
        StringBuilder text = new StringBuilder(lines.get(0));
        for (String line : lines.subList(1, lines.size())) {
            text.append(line.isEmpty() ? "\n" : alignment + line);
        }
        return text.toString();
    }
}
