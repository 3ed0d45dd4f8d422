// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.NameAllocator;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of a method's parameters and variables. The unit's own names come first; one that clashes gets a trailing
 * {@code _}, and so do those that are added here.
 */
final class Locals extends Variables {
    private final Map<Prepared, String> bits;
    private final String cpu;
    private final String vector;
    private final String result;

    /**
     * @param receiver the parameter that is the instance whose method it is
     * @param taken names that no variable may have, because they would hide something
     */
    Locals(VectorUnit unit, Optional<Parameter> receiver, Set<String> taken) {
        super(receiver, taken);
        this.bits = new HashMap<>();
        unit.parameters().forEach(this::nameParameter);
        Set<String> inBlocks = new TreeSet<>();
        allocate(unit.body(), names().clone(), inBlocks);
        inBlocks.forEach(names()::newName);
        cpu = fresh("cpu");
        vector = fresh("vector");
        unit.perCpuParameters().forEach(this::nameSlot);
        result = fresh("result");
    }

    private Locals(Locals other) {
        super(other);
        bits = other.bits;
        cpu = other.cpu;
        vector = other.vector;
        result = other.result;
    }

    /** The same names, for a block of the method: those that are added are its own. */
    Locals branch() {
        return new Locals(this);
    }

    /** Whether what was read is held as it was read, beside the value that it means. */
    boolean hasBits(Prepared prepared) {
        return bits.containsKey(prepared);
    }

    @Override
    String bits(Prepared prepared) {
        return Objects.requireNonNull(bits.get(prepared));
    }

    @Override
    String cpu() {
        return cpu;
    }

    @Override
    String vector() {
        return vector;
    }

    @Override
    String result() {
        return result;
    }

    /** Blocks that stand side by side may have variables of the same names. */
    private void allocate(Block block, NameAllocator scope, Set<String> added) {
        for (Step step : block.steps()) {
            if (step instanceof Step.Bind bind) {
                add(bind.local(), bind.local().name(), scope, added);
            }
            for (Prepared prepared : step.reads()) {
                String name = add(prepared, prepared.name(), scope, added);
                if (isHeldAsRead(prepared)) {
                    bits.put(prepared, fresh(name + "Bits", scope));
                    added.add(bits(prepared));
                }
            }
        }
        if (block.end() instanceof Block.Choice choice) {
            allocate(choice.then(), scope.clone(), added);
            allocate(choice.otherwise(), scope, added);
        }
    }

    private String add(Object value, String source, NameAllocator scope, Set<String> added) {
        String name = fresh(JavaNames.variable(source), scope);
        assign(value, name);
        added.add(name);
        return name;
    }

    /** Many bytes stand for one truth value, and for one NaN: what is validated is the bytes. */
    private static boolean isHeldAsRead(Prepared prepared) {
        JavaType type = JavaType.of(prepared.type());
        return type.isFloat() || type == JavaType.BOOL;
    }
}
