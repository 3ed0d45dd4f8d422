// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a documentation comment says, without the marks that make it one. */
public final class DocText {
    private static final String OPENING = "/**";
    private static final String CLOSING = "*/";
    private static final Pattern LINE_END = Pattern.compile("\r\n|[\n\r]");
    private static final Pattern LEADING_STARS = Pattern.compile("^[ \t\f]*\\*+ ?");
    private static final Pattern TRAILING_STARS = Pattern.compile("\\**$");

    private DocText() {}

    /**
     * The lines of a comment, each without its leading stars and the white space around it; what is indented behind the
     * stars stays so. Empty lines at the beginning and the end are left out.
     *
     * @param comment as written, with its delimiters; null if there is none
     * @return the lines as written otherwise: nothing in them has been made harmless for any target
     */
    public static List<String> lines(@Nullable String comment) {
        if (comment == null || comment.length() < OPENING.length() + CLOSING.length()) {
            return List.of();
        }
        String body = comment.substring(OPENING.length(), comment.length() - CLOSING.length());
        String text = TRAILING_STARS.matcher(body).replaceFirst("");
        return withoutOuterBlanks(
                LINE_END.splitAsStream(text).map(DocText::withoutStars).toList());
    }

    private static String withoutStars(String line) {
        String behindStars = LEADING_STARS.matcher(line).replaceFirst("");
        return behindStars.length() == line.length() ? line.strip() : behindStars.stripTrailing();
    }

    private static List<String> withoutOuterBlanks(List<String> lines) {
        int[] written = IntStream.range(0, lines.size())
                .filter(line -> !lines.get(line).isBlank())
                .toArray();
        return written.length == 0 ? List.of() : lines.subList(written[0], written[written.length - 1] + 1);
    }
}
