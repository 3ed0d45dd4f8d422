// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.NameAllocator;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorPath;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names of a method's parameters and variables. The unit's own names come first; one that clashes gets a trailing
 * {@code _}, and so do those that are added here.
 */
final class Locals {
    private final NameAllocator names = new NameAllocator();
    private final Map<Parameter, String> slots = new HashMap<>();
    private final Optional<Parameter> receiver;
    private final Set<String> taken;
    private final String cpu;
    private final String vector;

    /**
     * @param receiver the parameter that is the instance whose method it is
     * @param taken names that no variable may have, because they would hide something
     */
    Locals(VectorUnit unit, VectorPath path, Optional<Parameter> receiver, Set<String> taken) {
        this.receiver = receiver;
        this.taken = taken;
        unit.parameters().forEach(this::allocate);
        path.preparation().forEach(this::allocate);
        cpu = names.newName(free("cpu"));
        vector = names.newName(free("vector"));
        unit.perCpuParameters().forEach(this::allocateSlot);
    }

    /** The name, or the first one like it that hides nothing. */
    private String free(String name) {
        String free = name;
        while (taken.contains(free)) {
            free += "_";
        }
        return free;
    }

    /** The parameter of the method. */
    String parameter(Parameter parameter) {
        return names.get(parameter);
    }

    /** What has the parameter's value: itself, or a variable with the address of a slot. */
    String value(Parameter parameter) {
        String slot = slots.get(parameter);
        return slot == null ? names.get(parameter) : slot;
    }

    String value(Binding binding) {
        return names.get(binding);
    }

    boolean isReceiver(Parameter parameter) {
        return receiver.isPresent() && receiver.get() == parameter;
    }

    String cpu() {
        return cpu;
    }

    String vector() {
        return vector;
    }

    /** A name for one more variable. */
    String fresh(String suggestion) {
        return names.newName(free(suggestion));
    }

    private void allocate(Parameter parameter) {
        names.newName(free(JavaNames.variable(parameter.name())), parameter);
    }

    private void allocate(Step step) {
        if (step instanceof Step.Bind bind) {
            names.newName(free(JavaNames.variable(bind.binding().name())), bind.binding());
        }
    }

    private void allocateSlot(Parameter parameter) {
        if (!isReceiver(parameter)) {
            slots.put(parameter, names.newName(free(names.get(parameter) + ReservedNames.SLOT_CLASS)));
        }
    }
}
