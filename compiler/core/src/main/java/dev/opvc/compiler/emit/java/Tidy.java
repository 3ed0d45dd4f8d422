// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import java.util.regex.Pattern;

/** Writes on one line what JavaPoet spreads over several, as a person would not. */
final class Tidy {
    private static final Pattern ONE_LINE_COMMENT = Pattern.compile("(?m)^( *)/\\*\\*\n *\\* (.*)\n *\\*/$");
    private static final Pattern EMPTY_BODY = Pattern.compile("(?m)\\{\n *\\}$");

    private Tidy() {}

    static String tidy(String source) {
        String comments = ONE_LINE_COMMENT.matcher(source).replaceAll("$1/** $2 */");
        return EMPTY_BODY.matcher(comments).replaceAll("{}");
    }
}
