// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.ArrayList;
import java.util.List;

/** Javadoc of a unit's methods: what the user says about it, what may be passed, what comes back. */
final class UnitDocs {
    /** Where a method puts results that are not simply returned. */
    enum Results {
        PASSED,
        ALLOCATED
    }

    private final VectorUnit unit;
    private final Locals locals;

    UnitDocs(VectorUnit unit, Locals locals) {
        this.unit = unit;
        this.locals = locals;
    }

    /** Of the form that works on the current CPU. */
    CodeBlock ofCurrentCpu(Results form) {
        CodeBlock.Builder doc = CodeBlock.builder()
                .add(
                        "$L\n",
                        Javadoc.paragraph(description(), "Works on the CPU that the calling thread probably runs on."));
        parameters(doc);
        results(doc, form);
        throwing(doc, false);
        return doc.build();
    }

    /** Of the form that names the CPU. */
    CodeBlock ofNamedCpu(Results form) {
        CodeBlock.Builder doc = CodeBlock.builder()
                .add(
                        "$L\n",
                        Javadoc.paragraph(
                                description(), "Works on the CPU given, whichever the calling thread runs on."))
                .add("\n@param $L number of a possible CPU", locals.cpu());
        parameters(doc);
        results(doc, form);
        throwing(doc, true);
        return doc.build();
    }

    private String description() {
        return Javadoc.of(unit.doc(), "The " + unit.kind().keyword() + " {@code " + unit.name() + "}.");
    }

    private void parameters(CodeBlock.Builder doc) {
        for (Parameter parameter : unit.parameters()) {
            if (!locals.isReceiver(parameter)) {
                doc.add("\n@param $L $L", locals.parameter(parameter), description(parameter));
            }
        }
    }

    private static String description(Parameter parameter) {
        if (parameter.perCpu()) {
            return "the {@code " + parameter.struct() + "} to work on";
        }
        String max =
                parameter.max().isPresent() ? ", at most " + parameter.max().getAsLong() : "";
        return TypeDocs.argument(parameter.type()) + max;
    }

    private void results(CodeBlock.Builder doc, Results form) {
        if (ResultForm.needsHolder(unit)) {
            if (form == Results.ALLOCATED) {
                doc.add("\n@return what it gives, in a new instance");
                return;
            }
            doc.add("\n@param $L gets what it gives", locals.result());
        }
        switch (ResultForm.of(unit)) {
            case NOTHING -> {}
            case VALUE -> doc.add("\n@return $L", result(unit.results().get(0)));
            case COMMITTED ->
                doc.add(
                        "\n@return true if it committed; false if it ended with {@code $L} and changed nothing",
                        unit.outcomes().get(0).name());
            case OUTCOME -> doc.add("\n@return how it ended; unless it committed, it changed nothing");
            case VECTOR_RESULT ->
                doc.add("\n@return 0 if it ran to its end, the index from 1 of the comparison that stopped it, or a"
                        + " negative errno");
        }
    }

    private static String result(Result result) {
        return "{@code " + result.name() + "}: " + TypeDocs.value(result.type());
    }

    private void throwing(CodeBlock.Builder doc, boolean namesCpu) {
        if (has(RangeCheck.Divisor.class)) {
            doc.add("\n@throws ArithmeticException if it would divide by zero; nothing happens");
        }
        if (has(RangeCheck.Index.class) || has(RangeCheck.WithinPlace.class)) {
            doc.add("\n@throws IndexOutOfBoundsException if it would leave an array or another place; nothing happens");
        }
        List<String> illegal = illegalArguments(namesCpu);
        if (!illegal.isEmpty()) {
            doc.add("\n@throws IllegalArgumentException if $L; nothing happens", String.join(", or ", illegal));
        }
        if (!unit.perCpuParameters().isEmpty()) {
            doc.add("\n@throws IllegalStateException if what it works on is closed; nothing happens");
        }
        if (ResultForm.of(unit) != ResultForm.VECTOR_RESULT && mayFault()) {
            doc.add(
                    "\n@throws $T in the vector form, if memory that it touches is not accessible; nothing happens",
                    RuntimeClasses.MEMORY_FAULT);
        }
    }

    private List<String> illegalArguments(boolean namesCpu) {
        List<String> reasons = new ArrayList<>();
        if (namesCpu) {
            reasons.add("the CPU is not possible");
        }
        if (has(RangeCheck.WithinMax.class)) {
            reasons.add("a length is more than its largest");
        }
        if (has(RangeCheck.ShiftCount.class)) {
            reasons.add("a shift count is not below the width");
        }
        if (has(RangeCheck.Apart.class)) {
            reasons.add("memory that it reads overlaps memory that it has written before, in part");
        }
        return reasons;
    }

    private boolean has(Class<? extends RangeCheck> kind) {
        return unit.paths().stream()
                .flatMap(path -> path.preparation().stream())
                .anyMatch(step -> step instanceof Step.Check check && kind.isInstance(check.check()));
    }

    /** Slots and cells are the runtime's own memory; what callers and other pointers name may be missing. */
    private boolean mayFault() {
        return unit.paths().stream()
                .flatMap(path -> path.operations().stream())
                .flatMap(operation -> operation.operands().stream())
                .map(Operation.Operand::address)
                .anyMatch(UnitDocs::mayFault);
    }

    private static boolean mayFault(Address address) {
        if (address instanceof Address.OfPlace place) {
            return !place.place().isInSlot();
        }
        return address instanceof Address.OfPointer;
    }
}
