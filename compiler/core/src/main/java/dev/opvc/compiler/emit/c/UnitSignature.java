// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a unit's functions, and the arguments with which one calls another. */
final class UnitSignature {
    private static final String CPU = "cpu";

    private final VectorUnit unit;
    private final UnitNames names;
    private final LocalNames locals;

    UnitSignature(VectorUnit unit, UnitNames names, LocalNames locals) {
        this.unit = unit;
        this.names = names;
        this.locals = locals;
    }

    /** Handles first, then the rest, each in the order declared. */
    List<String> currentCpu() {
        List<String> parameters = handles();
        parameters.addAll(plain());
        parameters.addAll(results());
        return parameters;
    }

    /** As {@link #currentCpu()}, with the CPU between handles and the rest. */
    List<String> onCpu() {
        List<String> parameters = handles();
        parameters.add("int " + CPU);
        parameters.addAll(plain());
        parameters.addAll(results());
        return parameters;
    }

    /** Slots, then the rest: for what works on one CPU's memory. */
    List<String> onSlots() {
        List<String> parameters = slots();
        parameters.addAll(plain());
        parameters.addAll(results());
        return parameters;
    }

    List<String> builder() {
        List<String> parameters = new ArrayList<>();
        parameters.add("struct cpu_op *ops");
        if (UnitShape.hasCells(unit)) {
            parameters.add("struct " + names.cellsTag() + " *cells");
        }
        parameters.addAll(slots());
        if (UnitShape.canLoad(unit)) {
            parameters.add("int " + CPU);
        }
        parameters.addAll(plain());
        if (!UnitShape.computedResults(unit).isEmpty()) {
            parameters.add("struct " + names.resultsTag() + " *results");
        }
        if (UnitShape.hasPlan(unit)) {
            parameters.add("struct opv_plan *plan");
        }
        return parameters;
    }

    /** Arguments for the form that names the CPU. */
    String onCpuArguments(String cpu) {
        List<String> arguments = new ArrayList<>();
        unit.perCpuParameters().forEach(slot -> arguments.add(locals.of(slot)));
        arguments.add(cpu);
        addPlainArguments(arguments);
        addResultArguments(arguments);
        return String.join(", ", arguments);
    }

    /** Arguments for what works on one CPU's memory, from the form that names the CPU. */
    String onSlotsArguments() {
        List<String> arguments = new ArrayList<>();
        addSlotArguments(arguments);
        addPlainArguments(arguments);
        addResultArguments(arguments);
        return String.join(", ", arguments);
    }

    /** Arguments for what works on one CPU's memory, where that CPU is held. */
    String onHeldArguments() {
        List<String> arguments = new ArrayList<>();
        for (Parameter slot : unit.perCpuParameters()) {
            arguments.add("(" + CTypes.name(slot.type()) + ")opv_percpu_at(" + locals.of(slot) + ", held.offset)");
        }
        addPlainArguments(arguments);
        addResultArguments(arguments);
        return String.join(", ", arguments);
    }

    /** Arguments for the builder, from the form that names the CPU. */
    String builderArguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("ops");
        if (UnitShape.hasCells(unit)) {
            arguments.add("&cells");
        }
        addSlotArguments(arguments);
        if (UnitShape.canLoad(unit)) {
            arguments.add(CPU);
        }
        addPlainArguments(arguments);
        if (!UnitShape.computedResults(unit).isEmpty()) {
            arguments.add("&results");
        }
        if (UnitShape.hasPlan(unit)) {
            arguments.add("&plan");
        }
        return String.join(", ", arguments);
    }

    private List<String> handles() {
        List<String> parameters = new ArrayList<>();
        for (Parameter slot : unit.perCpuParameters()) {
            String handle = PercpuWriter.pointer(PercpuWriter.handle(slot.struct()));
            parameters.add(CTypes.declare(handle, locals.of(slot)));
        }
        return parameters;
    }

    private List<String> slots() {
        List<String> parameters = new ArrayList<>();
        for (Parameter slot : unit.perCpuParameters()) {
            parameters.add(CTypes.declare(slot.type(), locals.of(slot)));
        }
        return parameters;
    }

    /** Where results go. */
    private List<String> results() {
        return unit.results().stream()
                .map(result -> CTypes.declare(PercpuWriter.pointer(CTypes.name(result.type())), locals.of(result)))
                .toList();
    }

    private void addSlotArguments(List<String> arguments) {
        for (Parameter slot : unit.perCpuParameters()) {
            arguments.add(CNames.slot(slot.struct()) + "(" + locals.of(slot) + ", " + CPU + ")");
        }
    }

    private void addResultArguments(List<String> arguments) {
        unit.results().forEach(result -> arguments.add(locals.of(result)));
    }

    private List<String> plain() {
        return unit.parameters().stream()
                .filter(parameter -> !parameter.perCpu())
                .map(parameter -> CTypes.declare(parameter.type(), locals.of(parameter)))
                .toList();
    }

    private void addPlainArguments(List<String> arguments) {
        unit.parameters().stream()
                .filter(parameter -> !parameter.perCpu())
                .forEach(parameter -> arguments.add(locals.of(parameter)));
    }
}
