// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import java.util.List;

/** A form of a unit. */
public final class RenderedForm {
    private static final int NOT_MEASURED = -1;

    private final CodeBlock body;
    private final List<MethodSpec> parts;
    private int longestMethod = NOT_MEASURED;

    /**
     * A form that may be several methods.
     *
     * @param body of its method
     * @param parts methods that this one calls, because all of it would be too long for one
     */
    public RenderedForm(CodeBlock body, List<MethodSpec> parts) {
        this.body = body;
        this.parts = List.copyOf(parts);
    }

    /** A form that is one method. */
    public static RenderedForm whole(CodeBlock body) {
        return new RenderedForm(body, List.of());
    }

    public CodeBlock body() {
        return body;
    }

    public List<MethodSpec> parts() {
        return parts;
    }

    /** The estimated size of its longest method in bytes of bytecode. Not for use by several threads. */
    public int longestMethod() {
        if (longestMethod == NOT_MEASURED) {
            longestMethod = BytecodeEstimate.of(body);
            for (MethodSpec part : parts) {
                longestMethod = Math.max(longestMethod, BytecodeEstimate.of(part.code()));
            }
        }
        return longestMethod;
    }
}
