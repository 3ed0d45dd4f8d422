// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a function's body.
 *
 * @param lines of a block, what stands before its brace; {@link Numbering} says how they name what is counted
 * @param base how much had been counted before it
 * @param declares the variable that it declares
 * @param optional whether it is needed only if the variable is
 * @param block what stands in braces behind it, and ends by returning
 */
record Statement(
        List<String> lines,
        int base,
        @Nullable Variable declares,
        boolean optional,
        @Nullable List<Statement> block) {
    /** Where tags and members are named, which have a name space of their own. */
    private static final Pattern OTHER_NAMES = Pattern.compile("(sizeof|offsetof)\\([^)]*\\)|struct [A-Za-z0-9_]+");

    /** A name that is not a member's. */
    private static final Pattern NAME = Pattern.compile("(?<![A-Za-z0-9_.>])[A-Za-z_][A-Za-z0-9_]*+");

    /** @param declaration its type and name */
    record Variable(String name, String declaration) {
        /** One that is declared so; an array's length stands behind its name. */
        static Variable of(String declaration) {
            String bare = declaration.replaceAll("\\[.*", "");
            int end = Math.max(bare.lastIndexOf(' '), bare.lastIndexOf('*'));
            return new Variable(bare.substring(end + 1), declaration);
        }
    }

    /** The names in its own lines. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        for (String line : lines) {
            Matcher name = NAME.matcher(OTHER_NAMES.matcher(line).replaceAll(""));
            while (name.find()) {
                names.add(name.group());
            }
        }
        return names;
    }

    Statement withBlock(List<Statement> other) {
        return new Statement(lines, base, declares, optional, other);
    }
}
