// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * About how many bytecodes javac makes of code, by its tokens; seldom fewer than it really makes. It depends on the code
 * alone, so that the same source always becomes the same methods.
 */
public final class BytecodeEstimate {
    /**
     * What a method may have, in bytes of bytecode, so that HotSpot compiles it: by default it leaves methods of more
     * than 8,000 to its interpreter for ever.
     */
    public static final int COMPILED_MAX = 8_000;

    /** What the Java virtual machine takes at all, in bytes of bytecode. */
    public static final int METHOD_MAX = 65_535;

    private static final Pattern TOKEN = Pattern.compile(
            "\"(?:\\\\.|[^\"\\\\])*\"|(?<name>[A-Za-z_$][\\w$]*(?:\\s*\\.\\s*[A-Za-z_$][\\w$]*)*)|(?<number>[0-9][\\w.]*)|"
                    + "(?<operator>==|!=|<=|>=|&&|\\|\\||<<|>>>?|[-+*/%&|^~!<>?=])");

    /** Loads a value, stores it, or calls a method on values that have been loaded. */
    private static final int NAME = 3;

    private static final int CONSTANT = 2;

    /** An operator, and the conversion of an operand. */
    private static final int OPERATOR = 2;

    /** The value is kept while the exclusion is given back. */
    private static final int RETURN = 14;

    private BytecodeEstimate() {}

    /** The estimate in bytes. */
    public static int of(CodeBlock code) {
        Matcher tokens = TOKEN.matcher(code.toString());
        int bytes = 0;
        while (tokens.find()) {
            bytes += size(tokens);
        }
        return bytes;
    }

    private static int size(Matcher token) {
        if (token.group("name") != null) {
            return token.group("name").equals("return") ? RETURN : NAME;
        }
        return token.group("operator") != null ? OPERATOR : CONSTANT;
    }
}
