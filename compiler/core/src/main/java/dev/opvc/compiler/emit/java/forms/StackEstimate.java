// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.MethodSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * About how many bytes of stack a part takes in the interpreter, whose frames are the largest; seldom fewer than it
 * really takes. It depends on the code alone, as {@link BytecodeEstimate} does.
 */
final class StackEstimate {
    /**
     * What the parts of a direct form may take together, where one calls the next: they run under a CPU's word, in the
     * 8 kilobytes and more that the runtime knows to be there when it takes the word. Of these the calls that a part
     * makes need their share, at most a copy: ten frames or so in the interpreter of Java 22 and later, each of 200 to
     * 350 bytes. So parts get half.
     */
    static final int PARTS_MAX = 4_000;

    /** A frame with no variables: what it saves of its caller, and what the interpreter keeps in it. */
    private static final int FRAME = 128;

    /** A long or a double in the interpreter; the others take half of it. */
    private static final int VARIABLE = 16;

    /** Values that wait on the stack within one pair of parentheses, for operators of higher precedence. */
    private static final int WAITING = 3;

    private static final Pattern TOKEN = Pattern.compile(
            "(?<string>\"(?:\\\\.|[^\"\\\\])*\")|(?<declared>\\b(?:boolean|byte|short|int|long|float|double) [A-Za-z_$][\\w$]* =)"
                    + "|[{}(),]");

    private final Deque<Integer> declaredOutside = new ArrayDeque<>();
    private final Deque<Integer> waitingOutside = new ArrayDeque<>();
    private int declared;
    private int declaredMost;
    private int waiting = WAITING;
    private int waitingMost = WAITING;

    private StackEstimate() {}

    /** The estimate in bytes, without what the method calls. */
    static int of(MethodSpec method) {
        StackEstimate estimate = new StackEstimate();
        Matcher tokens = TOKEN.matcher(method.code().toString());
        while (tokens.find()) {
            estimate.add(tokens);
        }
        int variables = method.parameters().size() + estimate.declaredMost + estimate.waitingMost;
        return FRAME + VARIABLE * variables;
    }

    private void add(Matcher token) {
        if (token.group("declared") != null) {
            declared++;
            declaredMost = Math.max(declaredMost, declared);
        } else if (token.group("string") == null) {
            addPunctuation(token.group());
        }
    }

    private void addPunctuation(String token) {
        switch (token) {
            case "{" -> declaredOutside.push(declared);
            case "}" -> declared = declaredOutside.pop();
            case "(" -> {
                waitingOutside.push(waiting);
                waiting += WAITING;
            }
            case ")" -> waiting = waitingOutside.pop();
            case "," -> waiting++;
            default -> throw new IllegalStateException("not one of the tokens: " + token);
        }
        waitingMost = Math.max(waitingMost, waiting);
    }
}
