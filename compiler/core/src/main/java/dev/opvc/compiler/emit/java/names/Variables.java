// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.names;

import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeName;
import dev.opvc.compiler.emit.java.types.ResultForm;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.SlotCopy;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The names of a method's parameters, and of the variables that it has its values in. Names that come later get a
 * trailing {@code _} where they clash with those before.
 */
public final class Variables {
    private final NameAllocator names;
    private final Map<Object, String> values;
    private final Map<Prepared, String> bits;
    private final Map<Parameter, String> slots;
    private final Map<Integer, String> copies;
    private final Map<String, TypeName> declared;
    private final Optional<Parameter> receiver;
    private final Set<String> taken;
    private String cpu = "";
    private String firstCpu = "";
    private String endCpu = "";
    private String vector = "";
    private String result = "";

    private Variables(Optional<Parameter> receiver, Set<String> taken) {
        this.names = new NameAllocator();
        this.values = new HashMap<>();
        this.bits = new HashMap<>();
        this.slots = new HashMap<>();
        this.copies = new HashMap<>();
        this.declared = new LinkedHashMap<>();
        this.receiver = receiver;
        this.taken = taken;
    }

    private Variables(Variables other) {
        names = other.names.clone();
        values = other.values;
        bits = other.bits;
        slots = other.slots;
        copies = other.copies;
        declared = new LinkedHashMap<>(other.declared);
        receiver = other.receiver;
        taken = other.taken;
        cpu = other.cpu;
        firstCpu = other.firstCpu;
        endCpu = other.endCpu;
        vector = other.vector;
        result = other.result;
    }

    /** The names of what a unit's methods have. Each method has variables of its own, but parameters of the same names. */
    public static Variables of(LoweredUnit unit, JavaLayout layout) {
        Variables variables = new Variables(layout.receiver(unit), layout.namesNotForVariables());
        if (unit instanceof QueryUnit query) {
            QueryVariables.name(query, variables);
        } else {
            TransactionVariables.name((VectorUnit) unit, variables);
        }
        variables.declareParameters(unit, layout);
        return variables;
    }

    /** The same names, for a block of the method: those that are added are its own. */
    public Variables branch() {
        return new Variables(this);
    }

    private void declareParameters(LoweredUnit unit, JavaLayout layout) {
        declare(cpu, TypeName.INT);
        for (Parameter parameter : unit.parameters()) {
            if (!isReceiver(parameter)) {
                declare(parameter(parameter), layout.typeOf(parameter));
            }
            if (parameter.perCpu()) {
                declare(value(parameter), TypeName.LONG);
            }
        }
        if (ResultForm.needsHolder(unit)) {
            declare(result, layout.resultsOf(unit));
        }
    }

    /** Says that a variable is declared from here on. */
    public void declare(String variable, TypeName type) {
        declared.put(variable, type);
    }

    /** The variables that have been declared so far, with their types. */
    public Map<String, TypeName> declared() {
        return new LinkedHashMap<>(declared);
    }

    /** The parameter of the method. */
    public String parameter(Parameter parameter) {
        return names.get(parameter);
    }

    /** What has the parameter's value: itself, or a variable with the address of a slot. */
    public String value(Parameter parameter) {
        if (parameter.lengthOf().isPresent()) {
            return length(parameter.lengthOf().get());
        }
        String slot = slots.get(parameter);
        return slot == null ? names.get(parameter) : slot;
    }

    /** The call that tells how many elements the array at the end of an instance's slots has. */
    private String length(Parameter slot) {
        String call = JavaNames.length(slot.struct()) + "()";
        return isReceiver(slot) ? call : parameter(slot) + "." + call;
    }

    public String value(Local local) {
        return Objects.requireNonNull(values.get(local));
    }

    public String value(Prepared prepared) {
        return Objects.requireNonNull(values.get(prepared));
    }

    /** Whether a parameter is the instance whose method it is. */
    public boolean isReceiver(Parameter parameter) {
        return receiver.isPresent() && receiver.get() == parameter;
    }

    /** A name for one more variable. */
    public String fresh(String suggestion) {
        return fresh(suggestion, names);
    }

    /** A name for one more variable of a block, whose names {@code scope} has. */
    String fresh(String suggestion, NameAllocator scope) {
        return scope.newName(free(suggestion));
    }

    /** The names so far. */
    NameAllocator names() {
        return names;
    }

    /** Says what has a value. */
    public void assign(Object value, String variable) {
        values.put(value, variable);
    }

    void nameParameter(Parameter parameter) {
        names.newName(free(JavaNames.variable(parameter.name())), parameter);
    }

    /** Names the variable with the address of a slot, unless the instance knows that. */
    void nameSlot(Parameter parameter) {
        if (!isReceiver(parameter)) {
            slots.put(parameter, fresh(names.get(parameter) + ReservedNames.SLOT_CLASS));
        }
    }

    public String value(FoldedValue folded) {
        return value(folded.local());
    }

    /** Whether what was read is held as it was read, beside the value that it means. */
    public boolean hasBits(Prepared prepared) {
        return bits.containsKey(prepared);
    }

    /** What has the bytes that were read, as an integer. */
    public String bits(Prepared prepared) {
        return Objects.requireNonNull(bits.get(prepared));
    }

    /** What has the address of a copy of a slot. */
    public String copy(SlotCopy copy) {
        return Objects.requireNonNull(copies.get(copy.number()));
    }

    /** The number of the CPU that is worked on. */
    public String cpu() {
        return cpu;
    }

    /** The first of the CPUs that a query reads. */
    public String firstCpu() {
        return firstCpu;
    }

    /** The number behind the last of them. */
    public String endCpu() {
        return endCpu;
    }

    public String vector() {
        return vector;
    }

    /** The parameter that gets the results. */
    public String result() {
        return result;
    }

    void nameCpu() {
        cpu = fresh("cpu");
    }

    void nameCpus() {
        firstCpu = fresh("firstCpu");
        endCpu = fresh("endCpu");
    }

    void nameVector() {
        vector = fresh("vector");
    }

    void nameResult() {
        result = fresh("result");
    }

    void nameBits(Prepared prepared, String variable) {
        bits.put(prepared, variable);
    }

    void nameCopy(SlotCopy copy, String variable) {
        copies.put(copy.number(), variable);
    }

    /** The name, or the first one like it that hides nothing. */
    private String free(String name) {
        String free = name;
        while (taken.contains(free)) {
            free += "_";
        }
        return free;
    }
}
