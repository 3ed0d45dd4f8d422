// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.NameAllocator;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.Prepared;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The names of what a method has its values in. Names that come later get a trailing {@code _} where they clash with
 * those before.
 */
abstract class Variables {
    private final NameAllocator names;
    private final Map<Object, String> values;
    private final Map<Parameter, String> slots;
    private final Optional<Parameter> receiver;
    private final Set<String> taken;

    /**
     * @param receiver the parameter that is the instance whose method it is
     * @param taken names that no variable may have, because they would hide something
     */
    Variables(Optional<Parameter> receiver, Set<String> taken) {
        this.names = new NameAllocator();
        this.values = new HashMap<>();
        this.slots = new HashMap<>();
        this.receiver = receiver;
        this.taken = taken;
    }

    /** The same names; those that are added are its own. */
    Variables(Variables other) {
        names = other.names.clone();
        values = other.values;
        slots = other.slots;
        receiver = other.receiver;
        taken = other.taken;
    }

    /** The parameter of the method. */
    final String parameter(Parameter parameter) {
        return names.get(parameter);
    }

    /** What has the parameter's value: itself, or a variable with the address of a slot. */
    final String value(Parameter parameter) {
        String slot = slots.get(parameter);
        return slot == null ? names.get(parameter) : slot;
    }

    final String value(Local local) {
        return Objects.requireNonNull(values.get(local));
    }

    final String value(Prepared prepared) {
        return Objects.requireNonNull(values.get(prepared));
    }

    /** Whether a parameter is the instance whose method it is. */
    final boolean isReceiver(Parameter parameter) {
        return receiver.isPresent() && receiver.get() == parameter;
    }

    /** A name for one more variable. */
    final String fresh(String suggestion) {
        return fresh(suggestion, names);
    }

    /** A name for one more variable of a block, whose names {@code scope} has. */
    final String fresh(String suggestion, NameAllocator scope) {
        return scope.newName(free(suggestion));
    }

    /** The names so far. */
    final NameAllocator names() {
        return names;
    }

    /** Says what has a value. */
    final void assign(Object value, String variable) {
        values.put(value, variable);
    }

    final void nameParameter(Parameter parameter) {
        names.newName(free(JavaNames.variable(parameter.name())), parameter);
    }

    /** Names the variable with the address of a slot, unless the instance knows that. */
    final void nameSlot(Parameter parameter) {
        if (!isReceiver(parameter)) {
            slots.put(parameter, fresh(names.get(parameter) + ReservedNames.SLOT_CLASS));
        }
    }

    /** The name, or the first one like it that hides nothing. */
    private String free(String name) {
        String free = name;
        while (taken.contains(free)) {
            free += "_";
        }
        return free;
    }

    /** What has the bytes that were read, as an integer. */
    abstract String bits(Prepared prepared);

    /** The number of the CPU that is worked on. */
    abstract String cpu();

    abstract String vector();

    /** The parameter that gets the results. */
    abstract String result();
}
