// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.json;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes JSON (RFC 8259). A value is a {@link String}, an {@link Integer}, a {@link Long}, a {@link Boolean}, a
 * {@link List} of values, or a {@link Map} from strings to values, whose order is kept.
 */
public final class Json {
    private static final int LINE_WIDTH = 120;
    private static final String INDENT = "  ";
    private static final char FIRST_PRINTABLE = 0x20;
    private static final char DELETE = 0x7f;
    private static final char LAST_C1_CONTROL = 0x9f;
    private static final char LINE_SEPARATOR = 0x2028;
    private static final char PARAGRAPH_SEPARATOR = 0x2029;

    private Json() {}

    /** A value on one line, without an end of line. */
    public static String line(Object value) {
        StringBuilder text = new StringBuilder();
        writeLine(value, text);
        return text.toString();
    }

    /** A value that people may read too: what fits on a line stands on one. Without an end of line. */
    public static String pretty(Object value) {
        StringBuilder text = new StringBuilder();
        writePretty(value, "", 0, text);
        return text.toString();
    }

    private static void writeLine(Object value, StringBuilder text) {
        if (value instanceof String string) {
            writeString(string, text);
        } else if (value instanceof Map<?, ?> object) {
            text.append('{');
            String separator = "";
            for (Map.Entry<?, ?> member : object.entrySet()) {
                text.append(separator);
                writeName(member, text);
                writeLine(member.getValue(), text);
                separator = ", ";
            }
            text.append('}');
        } else if (value instanceof List<?> array) {
            text.append('[');
            String separator = "";
            for (Object element : array) {
                text.append(separator);
                writeLine(element, text);
                separator = ", ";
            }
            text.append(']');
        } else if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            text.append(value);
        } else {
            throw new IllegalArgumentException("no JSON value: " + value.getClass());
        }
    }

    /** {@code used} is what the line already holds before the value. */
    private static void writePretty(Object value, String indent, int used, StringBuilder text) {
        String line = line(value);
        if (used + line.length() < LINE_WIDTH) {
            text.append(line);
        } else if (value instanceof Map<?, ?> object) {
            text.append("{\n");
            for (Iterator<? extends Map.Entry<?, ?>> i = object.entrySet().iterator(); i.hasNext(); ) {
                Map.Entry<?, ?> member = i.next();
                int start = text.length();
                text.append(indent).append(INDENT);
                writeName(member, text);
                writePretty(member.getValue(), indent + INDENT, text.length() - start, text);
                text.append(i.hasNext() ? ",\n" : "\n");
            }
            text.append(indent).append('}');
        } else if (value instanceof List<?> array) {
            text.append("[\n");
            for (Iterator<?> i = array.iterator(); i.hasNext(); ) {
                text.append(indent).append(INDENT);
                writePretty(i.next(), indent + INDENT, indent.length() + INDENT.length(), text);
                text.append(i.hasNext() ? ",\n" : "\n");
            }
            text.append(indent).append(']');
        } else {
            text.append(line);
        }
    }

    private static void writeName(Map.Entry<?, ?> member, StringBuilder text) {
        writeString((String) member.getKey(), text);
        text.append(": ");
    }

    private static void writeString(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (mustBeEscaped(c) || isLoneSurrogate(string, i)) {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    /**
     * JSON wants only the first thirty-two escaped. The others end a line for some readers, and one object a line is
     * what readers of diagnostics count on.
     */
    private static boolean mustBeEscaped(char c) {
        return c < FIRST_PRINTABLE
                || (c >= DELETE && c <= LAST_C1_CONTROL)
                || c == LINE_SEPARATOR
                || c == PARAGRAPH_SEPARATOR;
    }

    /** Half of a pair has no form in UTF-8. */
    private static boolean isLoneSurrogate(String string, int index) {
        char c = string.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == string.length() || !Character.isLowSurrogate(string.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(string.charAt(index - 1)));
    }
}
