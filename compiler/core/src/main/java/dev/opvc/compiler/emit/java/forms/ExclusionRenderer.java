// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.names.Variables;
import java.lang.invoke.VarHandle;

/** Renders how code excludes others on a CPU: the exclusion is given back by one store, on whatever way it ends. */
final class ExclusionRenderer {
    private final Variables variables;
    private final Slots slots;
    private final String words;

    ExclusionRenderer(Variables variables, Slots slots) {
        this.variables = variables;
        this.slots = slots;
        this.words = variables.fresh("words");
    }

    /** Declares what every exclusion of the method needs. */
    CodeBlock declare() {
        return CodeBlock.builder()
                .addStatement("int[] $L = $T.WORDS", words, RuntimeClasses.CPU_EXCLUSION)
                .build();
    }

    /**
     * Code under the exclusion of the CPU. Before it leaves, it says so by {@link #leave}.
     *
     * @param word the variable with the index of the CPU's word
     */
    CodeBlock around(String word, CodeBlock code) {
        return CodeBlock.builder()
                .addStatement("int $L = $T.enter($L)", word, RuntimeClasses.CPU_EXCLUSION, variables.cpu())
                .beginControlFlow("try")
                .add(slots.requireOpen())
                .add(code)
                .nextControlFlow("finally")
                .addStatement("$L[$L] = $T.FREE", words, word, RuntimeClasses.CPU_EXCLUSION)
                .endControlFlow()
                .build();
    }

    /** What was read and written stays on this side of the store that gives the exclusion back. */
    static CodeBlock leave() {
        return CodeBlock.builder()
                .addStatement("$T.releaseFence()", VarHandle.class)
                .build();
    }
}
