// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.NameAllocator;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Prepared;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorPath;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The names of a method's parameters and variables. The unit's own names come first; one that clashes gets a trailing
 * {@code _}, and so do those that are added here.
 */
final class Locals extends Variables {
    private final NameAllocator names = new NameAllocator();
    private final Map<Parameter, String> slots = new HashMap<>();
    private final Optional<Parameter> receiver;
    private final Set<String> taken;
    private final Map<Prepared, String> bits = new HashMap<>();
    private final String cpu;
    private final String vector;
    private final String result;

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
        result = names.newName(free("result"));
        path.preparation().forEach(this::allocateBits);
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
    @Override
    String parameter(Parameter parameter) {
        return names.get(parameter);
    }

    /** What has the parameter's value: itself, or a variable with the address of a slot. */
    @Override
    String value(Parameter parameter) {
        String slot = slots.get(parameter);
        return slot == null ? names.get(parameter) : slot;
    }

    @Override
    String value(Binding binding) {
        return names.get(binding);
    }

    @Override
    String value(Prepared prepared) {
        return names.get(prepared);
    }

    /** Whether what was read is held as it was read, beside the value that it means. */
    boolean hasBits(Prepared prepared) {
        return bits.containsKey(prepared);
    }

    /** What has the bytes that were read, as an integer. */
    @Override
    String bits(Prepared prepared) {
        return Objects.requireNonNull(bits.get(prepared));
    }

    @Override
    boolean isReceiver(Parameter parameter) {
        return receiver.isPresent() && receiver.get() == parameter;
    }

    @Override
    String cpu() {
        return cpu;
    }

    @Override
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

    private void allocate(Step step) {
        if (step instanceof Step.Bind bind) {
            names.newName(free(JavaNames.variable(bind.binding().name())), bind.binding());
        } else if (step instanceof Step.Read read) {
            names.newName(free(JavaNames.variable(read.prepared().name())), read.prepared());
        }
    }

    /** Many bytes stand for one truth value, and for one NaN: what is validated is the bytes. */
    private void allocateBits(Step step) {
        if (step instanceof Step.Read read) {
            JavaType type = JavaType.of(read.prepared().type());
            if (type.isFloat() || type == JavaType.BOOL) {
                bits.put(read.prepared(), names.newName(free(names.get(read.prepared()) + "Bits")));
            }
        }
    }

    private void allocateSlot(Parameter parameter) {
        if (!isReceiver(parameter)) {
            slots.put(parameter, names.newName(free(names.get(parameter) + ReservedNames.SLOT_CLASS)));
        }
    }
}
