// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.text;

import java.util.List;

/**
 * A function.
 *
 * @param head what stands before its parameters, its name included
 * @param lines what stands between its braces
 */
public record FunctionText(String head, List<String> parameters, List<String> lines) {
    public FunctionText {
        parameters = List.copyOf(parameters);
        lines = List.copyOf(lines);
    }
}
