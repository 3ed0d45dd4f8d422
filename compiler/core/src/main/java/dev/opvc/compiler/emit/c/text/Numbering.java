// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers in statements that count from where their path has come to, such as indices of operations. A statement has
 * them relative, so that statements that do the same are the same, wherever they stand.
 */
public final class Numbering {
    private static final char MARK = '\u0001';
    private static final Pattern RELATIVE = Pattern.compile(MARK + "([0-9]+)" + MARK);

    private Numbering() {}

    /** A number that is so much more than what has been counted before the statement. */
    public static String relative(int more) {
        return MARK + Integer.toString(more) + MARK;
    }

    static boolean isIn(String line) {
        return line.indexOf(MARK) >= 0;
    }

    /**
     * A line with its numbers.
     *
     * @param base how much has been counted, as far as that is known
     * @param counted the variable that has the rest; empty if there is no rest
     */
    static String resolve(String line, int base, String counted) {
        if (!isIn(line)) {
            return line;
        }
        Matcher relative = RELATIVE.matcher(line);
        return relative.replaceAll(match -> number(base + Integer.parseInt(match.group(1)), counted));
    }

    /** A number, as {@link #resolve} writes it. */
    static String number(int number, String counted) {
        if (counted.isEmpty()) {
            return Integer.toString(number);
        }
        return number == 0 ? counted : counted + " + " + number;
    }
}
