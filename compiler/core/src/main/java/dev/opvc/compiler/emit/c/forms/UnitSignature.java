// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.UnitNames;
import java.util.List;

/** The parameters of the functions of a transaction or a raw vector, and the arguments with which one calls another. */
final class UnitSignature extends Signature {
    private final UnitShape shape;
    private final UnitNames names;

    UnitSignature(NamedUnit named) {
        super(named.unit(), named.locals());
        this.shape = named.shape();
        this.names = named.names();
    }

    /** Handles first, then the rest, each in the order declared. */
    List<String> currentCpu() {
        return join(handles(), plain(), results());
    }

    /** As {@link #currentCpu()}, with the CPU between handles and the rest. */
    List<String> onCpu() {
        return join(handles(), List.of("int " + CPU), plain(), results());
    }

    /** Slots, then the rest, then where results wait: for what works on one CPU's memory. */
    List<String> onSlots() {
        return join(slots(), plain(), where(shape.hasResults(), pendingResults()));
    }

    /** Results wait until the unit has committed and the CPU is free again: their pointers may lead into its memory. */
    private String pendingResults() {
        return "struct " + names.resultsTag() + " *results";
    }

    /** As {@link #onSlots()}, behind the attempt. */
    List<String> attempt() {
        return join(List.of("const struct opv_attempt *attempt"), onSlots());
    }

    /** Arguments for an attempt, from the function that makes them. */
    String attemptArguments() {
        return "&attempt, " + onSlotsArguments("attempt.offset");
    }

    List<String> builder() {
        return join(
                List.of("struct cpu_op *ops"),
                where(shape.hasCells(), "struct " + names.cellsTag() + " *cells"),
                slots(),
                where(shape.canLoad(), "int " + CPU),
                plain(),
                where(shape.hasComputedResults(), pendingResults()),
                where(shape.hasPlan(), "struct opv_plan *plan"));
    }

    /** Arguments for a form on the current CPU. */
    String currentCpuArguments() {
        return arguments(handleArguments(), plainArguments(), resultArguments());
    }

    /** Arguments for the form that names the CPU. */
    String onCpuArguments(String cpu) {
        return arguments(handleArguments(), List.of(cpu), plainArguments(), resultArguments());
    }

    /** Ends a function on the current CPU with what one that names the CPU does there. */
    String onCurrentCpu(String function) {
        return "return " + function + "(" + onCpuArguments("opv_cpu_current()") + ");";
    }
    /** Arguments for what works on one CPU's memory, by what leads there, for instance {@code held.offset}. */
    String onSlotsArguments(String offset) {
        return arguments(slotArguments(offset), plainArguments(), where(shape.hasResults(), "&results"));
    }

    /** Arguments for the builder, from the form that names the CPU. */
    String builderArguments() {
        return arguments(
                List.of("ops"),
                where(shape.hasCells(), "&cells"),
                slotArguments(),
                where(shape.canLoad(), CPU),
                plainArguments(),
                where(shape.hasComputedResults(), "&results"),
                where(shape.hasPlan(), "&plan"));
    }

    private static List<String> where(boolean needed, String parameter) {
        return needed ? List.of(parameter) : List.of();
    }
}
