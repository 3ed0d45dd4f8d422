// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * What rendered code tells of itself by its tokens: the names in it, about how many bytes of bytecode javac makes of it,
 * and about how many variables and waiting values there are at once. All depends on the code alone, so that the same
 * source always becomes the same methods.
 */
final class CodeReading {
    /** Loads a value, stores it, or calls a method on values that have been loaded. */
    private static final int NAME_BYTES = 3;

    private static final int CONSTANT_BYTES = 2;

    /** An operator, and the conversion of an operand. */
    private static final int OPERATOR_BYTES = 2;

    /** The value is kept while the exclusion is given back. */
    private static final int RETURN_BYTES = 14;

    /** Values that wait on the stack within one pair of parentheses, for operators of higher precedence. */
    private static final int WAITING = 3;

    private static final String OPERATORS = "=!<>&|-+*/%^~?";
    private static final String UNSIGNED_SHIFT = ">>>";
    private static final Set<String> TWO_CHARACTERS = Set.of("==", "!=", "<=", ">=", "&&", "||", "<<", ">>");
    private static final Set<String> PRIMITIVE_TYPES =
            Set.of("boolean", "byte", "short", "int", "long", "float", "double");

    private final String text;
    private final Set<String> words = new HashSet<>();
    private final Deque<Integer> declaredOutside = new ArrayDeque<>();
    private final Deque<Integer> waitingOutside = new ArrayDeque<>();
    private int at;
    private int bytes;
    private int declared;
    private int declaredMost;
    private int waiting = WAITING;
    private int waitingMost = WAITING;

    private CodeReading(String text) {
        this.text = text;
    }

    static CodeReading of(CodeBlock code) {
        CodeReading reading = new CodeReading(code.toString());
        reading.readAll();
        return reading;
    }

    String text() {
        return text;
    }

    /** Each identifier and word, also the parts of qualified names. */
    Set<String> words() {
        return words;
    }

    /** About how many bytes of bytecode; seldom fewer than there really are. */
    int bytes() {
        return bytes;
    }

    /** The most variables that are declared, and values that wait for others, at once. */
    int values() {
        return declaredMost + waitingMost;
    }

    private void readAll() {
        while (at < text.length()) {
            char next = text.charAt(at);
            if (Character.isJavaIdentifierStart(next)) {
                readName();
            } else if (next == '"') {
                readString();
            } else if (Character.isDigit(next)) {
                readNumber();
            } else if (OPERATORS.indexOf(next) >= 0) {
                readOperator();
            } else {
                readPunctuation(next);
            }
        }
    }

    /** A name with all that it is qualified by counts once: most of that is the name of a class. */
    private void readName() {
        String first = word();
        boolean qualified = false;
        while (at + 1 < text.length()
                && text.charAt(at) == '.'
                && Character.isJavaIdentifierStart(text.charAt(at + 1))) {
            at++;
            word();
            qualified = true;
        }
        bytes += !qualified && first.equals("return") ? RETURN_BYTES : NAME_BYTES;
        if (!qualified && PRIMITIVE_TYPES.contains(first) && isDeclaration()) {
            declared++;
            declaredMost = Math.max(declaredMost, declared);
        }
    }

    private String word() {
        int start = at;
        while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        words.add(word);
        return word;
    }

    /** Whether a name and {@code =} stand behind a type. */
    private boolean isDeclaration() {
        int end = at + 1;
        if (end >= text.length() || text.charAt(at) != ' ' || !Character.isJavaIdentifierStart(text.charAt(end))) {
            return false;
        }
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        return text.startsWith(" =", end);
    }

    private void readString() {
        at++;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
        bytes += CONSTANT_BYTES;
    }

    private void readNumber() {
        while (at < text.length() && (Character.isJavaIdentifierPart(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        bytes += CONSTANT_BYTES;
    }

    private void readOperator() {
        if (text.startsWith(UNSIGNED_SHIFT, at)) {
            at += UNSIGNED_SHIFT.length();
        } else {
            boolean two = at + 1 < text.length() && TWO_CHARACTERS.contains(text.substring(at, at + 2));
            at += two ? 2 : 1;
        }
        bytes += OPERATOR_BYTES;
    }

    private void readPunctuation(char mark) {
        at++;
        switch (mark) {
            case '{' -> declaredOutside.push(declared);
            case '}' -> declared = declaredOutside.pop();
            case '(' -> {
                waitingOutside.push(waiting);
                waiting += WAITING;
            }
            case ')' -> waiting = waitingOutside.pop();
            case ',' -> waiting++;
            default -> {
                // White space, and marks that make nothing.
            }
        }
        waitingMost = Math.max(waitingMost, waiting);
    }
}
