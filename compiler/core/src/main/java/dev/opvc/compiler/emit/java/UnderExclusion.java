// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.types.ResultForm;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Has a class that is initialised initialise the classes that its direct forms use under an exclusion. Their first use
 * may throw for want of stack or memory, and there that would come between two stores, or behind all of them.
 */
final class UnderExclusion {
    private UnderExclusion() {}

    /** The statement, which comes behind all methods of the class; empty unless one of these units has a direct form. */
    static CodeBlock preparation(List<LoweredUnit> units, JavaLayout layout) {
        if (units.stream().allMatch(unit -> unit.kind() == UnitKind.VECTOR)) {
            return CodeBlock.of("");
        }
        List<CodeBlock> used = classes(units, layout).stream()
                .map(each -> CodeBlock.of("$T.class", each))
                .toList();
        return CodeBlock.builder()
                .addStatement("$T.prepare($L)", RuntimeClasses.CPU_EXCLUSION, CodeBlock.join(used, ", "))
                .build();
    }

    private static Set<ClassName> classes(List<LoweredUnit> units, JavaLayout layout) {
        Set<ClassName> classes = new LinkedHashSet<>(List.of(RuntimeClasses.MEMORY, RuntimeClasses.ARITHMETIC));
        for (LoweredUnit unit : units) {
            if (unit instanceof VectorUnit transaction && ResultForm.of(unit) == ResultForm.OUTCOME) {
                classes.add(layout.outcomesOf(transaction));
            }
        }
        return classes;
    }
}
