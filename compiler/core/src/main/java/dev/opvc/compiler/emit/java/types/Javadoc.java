// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.types;

import dev.opvc.compiler.emit.DocText;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Javadoc from documentation comments. What a user wrote is text there: no tag, no markup, no end of the comment and no
 * escape of Java's own. All of it is ASCII, so that no compiler needs to be told an encoding.
 */
public final class Javadoc {
    private static final String PARAGRAPH = "<p>";
    private static final int REPLACEMENT_CHARACTER = 0xFFFD;
    private static final int LAST_ASCII = 0x7E;

    private Javadoc() {}

    /** What a comment says, its lines kept, or another text where there is none. */
    public static String of(@Nullable String comment, String otherwise) {
        List<String> lines = DocText.lines(comment);
        return lines.isEmpty() ? otherwise : text(lines);
    }

    /** Adds a paragraph that is Javadoc already. */
    public static String paragraph(String before, String paragraph) {
        return before + "\n\n" + PARAGRAPH + paragraph;
    }

    private static String text(List<String> lines) {
        StringBuilder text = new StringBuilder();
        boolean afterBlank = false;
        for (String line : lines) {
            text.append(text.isEmpty() ? "" : "\n");
            text.append(afterBlank && !line.isBlank() ? PARAGRAPH : "").append(harmless(line));
            afterBlank = line.isBlank();
        }
        return text.toString();
    }

    /** A line as text of Javadoc. */
    private static String harmless(String line) {
        return line.stripTrailing().codePoints().mapToObj(Javadoc::harmless).collect(Collectors.joining());
    }

    private static String harmless(int codePoint) {
        return switch (codePoint) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '\t' -> " ";
            // Tags, escapes of characters, and the second half of the comment's end.
            case '@', '\\', '/' -> "&#" + codePoint + ";";
            default -> isPlain(codePoint) ? Character.toString(codePoint) : reference(codePoint);
        };
    }

    private static boolean isPlain(int codePoint) {
        return codePoint >= ' ' && codePoint <= LAST_ASCII;
    }

    private static String reference(int codePoint) {
        boolean visible = !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.SURROGATE
                && Character.isDefined(codePoint);
        return "&#x" + Integer.toHexString(visible ? codePoint : REPLACEMENT_CHARACTER) + ";";
    }
}
