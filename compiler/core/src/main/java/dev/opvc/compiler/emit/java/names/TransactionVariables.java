// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.names;

import com.palantir.javapoet.NameAllocator;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.Set;
import java.util.TreeSet;

/** Names the variables of a transaction. The unit's own names come first, then those that methods add. */
final class TransactionVariables {
    private final Variables variables;
    private final Set<String> inBlocks = new TreeSet<>();

    private TransactionVariables(Variables variables) {
        this.variables = variables;
    }

    static void name(VectorUnit unit, Variables variables) {
        unit.parameters().forEach(variables::nameParameter);
        TransactionVariables blocks = new TransactionVariables(variables);
        blocks.allocate(unit.body(), variables.names().clone());
        blocks.inBlocks.forEach(variables.names()::newName);
        variables.nameCpu();
        variables.nameVector();
        unit.perCpuParameters().forEach(variables::nameSlot);
        variables.nameResult();
    }

    /** Blocks that stand side by side may have variables of the same names. */
    private void allocate(Block block, NameAllocator scope) {
        for (Step step : block.steps()) {
            if (step instanceof Step.Bind bind) {
                add(bind.local(), bind.local().name(), scope);
            }
            step.reads().forEach(prepared -> allocate(prepared, scope));
        }
        if (block.end() instanceof Block.Choice choice) {
            allocate(choice.then(), scope.clone());
            allocate(choice.otherwise(), scope);
        }
    }

    private void allocate(Prepared prepared, NameAllocator scope) {
        String name = add(prepared, prepared.name(), scope);
        if (isHeldAsRead(prepared)) {
            String bits = variables.fresh(name + "Bits", scope);
            variables.nameBits(prepared, bits);
            inBlocks.add(bits);
        }
    }

    private String add(Object value, String source, NameAllocator scope) {
        String name = variables.fresh(JavaNames.variable(source), scope);
        variables.assign(value, name);
        inBlocks.add(name);
        return name;
    }

    /** Many bytes stand for one truth value, and for one NaN: what is validated is the bytes. */
    private static boolean isHeldAsRead(Prepared prepared) {
        JavaType type = JavaType.of(prepared.type());
        return type.isFloat() || type == JavaType.BOOL;
    }
}
