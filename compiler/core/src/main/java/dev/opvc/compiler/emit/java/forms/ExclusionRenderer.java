// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.names.Variables;

/** Renders how code excludes others on a CPU, and gives that back on whatever way it ends. */
final class ExclusionRenderer {
    private ExclusionRenderer() {}

    /** Code that works on the slots of the CPU while nobody else does. */
    static CodeBlock around(CodeBlock code, Variables variables, Slots slots) {
        return around("enter", code, variables, slots);
    }

    /** The same of code that only reads, and sets back what it reads. */
    static CodeBlock aroundDrain(CodeBlock code, Variables variables, Slots slots) {
        return around("enterToDrain", code, variables, slots);
    }

    private static CodeBlock around(String enter, CodeBlock code, Variables variables, Slots slots) {
        String region = variables.fresh("region");
        return CodeBlock.builder()
                .addStatement("long $L = $T.$L($L)", region, RuntimeClasses.CPU_EXCLUSION, enter, variables.cpu())
                .beginControlFlow("try")
                .add(slots.findIn(region))
                .add(code)
                .nextControlFlow("finally")
                .addStatement("$T.leave($L)", RuntimeClasses.CPU_EXCLUSION, region)
                .endControlFlow()
                .build();
    }
}
