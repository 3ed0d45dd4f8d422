// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.NameAllocator;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Prepared;
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
final class Locals {
    private final NameAllocator names;
    private final Map<Object, String> values;
    private final Map<Parameter, String> slots = new HashMap<>();
    private final Map<Prepared, String> bits;
    private final Optional<Parameter> receiver;
    private final Set<String> taken;
    private final String cpu;
    private final String vector;
    private final String result;

    /**
     * @param receiver the parameter that is the instance whose method it is
     * @param taken names that no variable may have, because they would hide something
     */
    Locals(VectorUnit unit, Optional<Parameter> receiver, Set<String> taken) {
        this.names = new NameAllocator();
        this.values = new HashMap<>();
        this.bits = new HashMap<>();
        this.receiver = receiver;
        this.taken = taken;
        unit.parameters().forEach(this::allocate);
        Set<String> inBlocks = new TreeSet<>();
        allocate(unit.body(), names.clone(), inBlocks);
        inBlocks.forEach(names::newName);
        cpu = names.newName(free("cpu"));
        vector = names.newName(free("vector"));
        unit.perCpuParameters().forEach(this::allocateSlot);
        result = names.newName(free("result"));
    }

    private Locals(Locals other) {
        names = other.names.clone();
        values = other.values;
        bits = other.bits;
        receiver = other.receiver;
        taken = other.taken;
        cpu = other.cpu;
        vector = other.vector;
        result = other.result;
        slots.putAll(other.slots);
    }

    /** The same names, for a block of the method: those that are added are its own. */
    Locals branch() {
        return new Locals(this);
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
        return Objects.requireNonNull(values.get(binding));
    }

    String value(Prepared prepared) {
        return Objects.requireNonNull(values.get(prepared));
    }

    /** Whether what was read is held as it was read, beside the value that it means. */
    boolean hasBits(Prepared prepared) {
        return bits.containsKey(prepared);
    }

    /** What has the bytes that were read, as an integer. */
    String bits(Prepared prepared) {
        return Objects.requireNonNull(bits.get(prepared));
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

    /** The parameter that gets the results. */
    String result() {
        return result;
    }

    /** A name for one more variable. */
    String fresh(String suggestion) {
        return names.newName(free(suggestion));
    }

    private void allocate(Parameter parameter) {
        names.newName(free(JavaNames.variable(parameter.name())), parameter);
    }

    /** Blocks that stand side by side may have variables of the same names. */
    private void allocate(Block block, NameAllocator scope, Set<String> added) {
        for (Step step : block.steps()) {
            if (step instanceof Step.Bind bind) {
                add(bind.binding(), bind.binding().name(), scope, added);
            }
            for (Prepared prepared : step.reads()) {
                String name = add(prepared, prepared.name(), scope, added);
                if (isHeldAsRead(prepared)) {
                    bits.put(prepared, scope.newName(free(name + "Bits")));
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
        String name = scope.newName(free(JavaNames.variable(source)));
        values.put(value, name);
        added.add(name);
        return name;
    }

    /** Many bytes stand for one truth value, and for one NaN: what is validated is the bytes. */
    private static boolean isHeldAsRead(Prepared prepared) {
        JavaType type = JavaType.of(prepared.type());
        return type.isFloat() || type == JavaType.BOOL;
    }

    private void allocateSlot(Parameter parameter) {
        if (!isReceiver(parameter)) {
            slots.put(parameter, names.newName(free(names.get(parameter) + ReservedNames.SLOT_CLASS)));
        }
    }
}
