// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import java.util.List;

/**
 * A form of a unit.
 *
 * @param body of its method
 * @param parts methods that this one calls, because all of it would be too long for one
 */
public record RenderedForm(CodeBlock body, List<MethodSpec> parts) {
    public RenderedForm {
        parts = List.copyOf(parts);
    }

    /** A form that is one method. */
    public static RenderedForm whole(CodeBlock body) {
        return new RenderedForm(body, List.of());
    }

    /** The estimated size of its longest method in bytes of bytecode. */
    public int longestMethod() {
        int longest = BytecodeEstimate.of(body);
        for (MethodSpec part : parts) {
            longest = Math.max(longest, BytecodeEstimate.of(part.code()));
        }
        return longest;
    }
}
