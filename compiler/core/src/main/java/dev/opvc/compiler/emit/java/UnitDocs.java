// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.emit.java.types.Javadoc;
import dev.opvc.compiler.emit.java.types.ResultForm;
import dev.opvc.compiler.emit.java.types.TypeDocs;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.ArrayList;
import java.util.List;

/** Javadoc of a unit's methods: what the user says about it, what may be passed, what comes back. */
final class UnitDocs {
    private static final String IMPOSSIBLE_CPU =
            "\n@throws IllegalArgumentException also if the CPU is not possible; nothing happens";

    private final LoweredUnit unit;
    private final Variables variables;
    private final boolean query;
    private final boolean drain;
    private final UnitTraits traits;
    private final boolean refusesNull;

    /** @param refusesNull whether there are {@link RequiredPointers} */
    UnitDocs(LoweredUnit unit, Variables variables, boolean refusesNull) {
        this.unit = unit;
        this.variables = variables;
        this.query = unit.kind().folds();
        this.drain = unit.kind() == UnitKind.DRAIN;
        this.traits = UnitTraits.of(unit);
        this.refusesNull = refusesNull;
    }

    /** Of the method that says everything, to which the others refer: it returns the result, or gets the object for them. */
    CodeBlock full(CpuChoice choice) {
        String description = Javadoc.of(unit.doc(), "The " + unit.kind().keyword() + " {@code " + unit.name() + "}.");
        CodeBlock.Builder doc = CodeBlock.builder().add("$L\n", Javadoc.paragraph(description, cpus(choice)));
        parameters(doc, choice);
        ending(doc);
        throwing(doc, choice);
        return doc.build();
    }

    /**
     * Of the form of that method that names the CPU.
     *
     * @param full a reference to it
     */
    CodeBlock onNamedCpu(CodeBlock full) {
        CodeBlock.Builder doc = CodeBlock.builder().add("Does what {@link $L} does, $L.\n", full, onTheCpu());
        parameters(doc, CpuChoice.NAMED);
        ending(doc);
        return doc.add(IMPOSSIBLE_CPU).build();
    }

    private String onTheCpu() {
        return query ? "of the CPU given alone" : "on the CPU given, whichever the calling thread runs on";
    }

    /**
     * Of a form of that method that makes the object for the results.
     *
     * @param full a reference to it
     * @param namesCpu whether that is another difference
     */
    CodeBlock allocating(CodeBlock full, CpuChoice choice, boolean namesCpu) {
        String differences =
                namesCpu ? (query ? "of the CPU given alone, and with" : "on the CPU given, and with") : "with";
        CodeBlock.Builder doc = CodeBlock.builder()
                .add("Does what {@link $L} does, $L a new object for what it gives.\n", full, differences);
        passed(doc, choice);
        doc.add("\n@return that object");
        return namesCpu ? doc.add(IMPOSSIBLE_CPU).build() : doc.build();
    }

    private void parameters(CodeBlock.Builder doc, CpuChoice choice) {
        passed(doc, choice);
        if (ResultForm.needsHolder(unit)) {
            doc.add("\n@param $L gets what it gives", variables.result());
        }
    }

    private void passed(CodeBlock.Builder doc, CpuChoice choice) {
        if (choice == CpuChoice.NAMED) {
            doc.add("\n@param $L number of a possible CPU", variables.cpu());
        }
        for (Parameter parameter : unit.parameters()) {
            if (!variables.isReceiver(parameter)) {
                doc.add("\n@param $L $L", variables.parameter(parameter), description(parameter));
            }
        }
    }

    private String cpus(CpuChoice choice) {
        return switch (choice) {
            case CURRENT -> "Works on the CPU that the calling thread probably runs on.";
            case NAMED -> "Works on the CPU given, whichever the calling thread runs on.";
            case EVERY -> everyCpu();
        };
    }

    private String everyCpu() {
        if (drain) {
            return "Takes one possible CPU after the other: what it folds there it also sets back, in the same step, so\n"
                    + "that each change is in exactly one drain's answer.";
        }
        return "Reads one possible CPU after the other, each in one state. What happens meanwhile on CPUs\n"
                + "that are yet to be read is seen, on others it is not.";
    }

    private String description(Parameter parameter) {
        if (parameter.perCpu()) {
            return "the {@code " + parameter.struct() + "} to " + (query ? "read" : "work on");
        }
        String max =
                parameter.max().isPresent() ? ", at most " + parameter.max().getAsLong() : "";
        return TypeDocs.argument(parameter.type()) + max;
    }

    private void ending(CodeBlock.Builder doc) {
        switch (ResultForm.of(unit)) {
            case NOTHING -> {}
            case VALUE -> doc.add("\n@return $L", result(unit.results().get(0)));
            case COMMITTED ->
                doc.add(
                        "\n@return true if it committed; false if it ended with {@code $L} and changed nothing",
                        ((VectorUnit) unit).outcomes().get(0).name());
            case OUTCOME -> doc.add("\n@return how it ended; unless it committed, it changed nothing");
            case VECTOR_RESULT ->
                doc.add("\n@return 0 if it ran to its end, the index from 1 of the comparison that stopped it, or a"
                        + " negative errno");
        }
    }

    private static String result(Result result) {
        return "{@code " + result.name() + "}: " + TypeDocs.value(result.type());
    }

    private void throwing(CodeBlock.Builder doc, CpuChoice choice) {
        String unchanged = query && !drain ? "no result changes" : "nothing happens";
        if (traits.has(RangeCheck.Divisor.class)) {
            doc.add("\n@throws ArithmeticException if it would divide by zero; $L", unchanged);
        }
        if (traits.has(RangeCheck.Index.class)
                || traits.has(RangeCheck.BelowLength.class)
                || traits.has(RangeCheck.WithinPlace.class)) {
            String left = query ? "an array" : "an array or another place";
            doc.add("\n@throws IndexOutOfBoundsException if it would leave $L; $L", left, unchanged);
        }
        List<String> illegal = illegalArguments(choice);
        if (!illegal.isEmpty()) {
            doc.add("\n@throws IllegalArgumentException if $L; $L", String.join(", or ", illegal), unchanged);
        }
        if (!unit.perCpuParameters().isEmpty()) {
            String uses = query ? "reads" : "works on";
            String closed = drain ? "what has been taken by then is lost" : unchanged;
            doc.add("\n@throws IllegalStateException if what it $L is closed; $L", uses, closed);
        }
        if (ResultForm.of(unit) != ResultForm.VECTOR_RESULT && traits.mayFault()) {
            doc.add(
                    "\n@throws $T in the vector form, if memory that it touches is not accessible; nothing happens",
                    RuntimeClasses.MEMORY_FAULT);
        }
    }

    private List<String> illegalArguments(CpuChoice choice) {
        List<String> reasons = new ArrayList<>();
        if (choice == CpuChoice.NAMED) {
            reasons.add("the CPU is not possible");
        }
        if (refusesNull) {
            reasons.add("an address that it always uses is null");
        }
        if (traits.has(RangeCheck.WithinMax.class)) {
            reasons.add(query ? "a parameter is more than its largest" : "a length is more than its largest");
        }
        if (traits.has(RangeCheck.ShiftCount.class)) {
            reasons.add("a shift count is not below the width");
        }
        if (traits.has(RangeCheck.Apart.class)) {
            reasons.add("memory that it reads overlaps memory that it has written before, in part");
        }
        return reasons;
    }
}
