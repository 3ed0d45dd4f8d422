// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.vector.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Renders how a method ends. Whatever its preparation concluded, the guards that are in the vector by then are asked
 * first: if one stops it, the guard's outcome is the answer.
 */
final class Ending {
    private final ResultForm form;
    private final ClassName outcomes;
    private final Locals locals;

    /**
     * @param outcomes the enumeration, used where the form is one
     */
    Ending(ResultForm form, ClassName outcomes, Locals locals) {
        this.form = form;
        this.outcomes = outcomes;
        this.locals = locals;
    }

    /** The whole vector is built; if it runs to its end, the unit has committed. */
    CodeBlock commit(List<Step.Guard> guards) {
        return switch (form) {
            case NOTHING -> run();
            case VALUE -> throw new IllegalArgumentException("results come from another body");
            case VECTOR_RESULT ->
                CodeBlock.builder()
                        .addStatement("return $L.executeRaw($L)", locals.vector(), locals.cpu())
                        .build();
            case COMMITTED ->
                guards.isEmpty()
                        ? runThenReturn(CodeBlock.of("true"))
                        : CodeBlock.builder()
                                .addStatement("return $L == 0", execute())
                                .build();
            case OUTCOME -> returnOutcome(Outcome.COMMITTED, guards);
        };
    }

    /** A decision of the preparation has gone against the transaction. */
    CodeBlock conclude(Outcome outcome, List<Step.Guard> guards) {
        if (form == ResultForm.OUTCOME) {
            return returnOutcome(outcome.name(), guards);
        }
        CodeBlock refused = CodeBlock.of("false");
        return guards.isEmpty() ? returnValue(refused) : runThenReturn(refused);
    }

    /** The preparation has met a range error. */
    CodeBlock fail(CodeBlock exception, List<Step.Guard> guards) {
        CodeBlock.Builder code = CodeBlock.builder();
        if (guards.isEmpty()) {
            return code.addStatement("throw $L", exception).build();
        }
        if (form == ResultForm.OUTCOME) {
            return choose(CodeBlock.of("throw $L", exception), guards);
        }
        return code.beginControlFlow("if ($L != 0)", execute())
                .addStatement("return false")
                .endControlFlow()
                .addStatement("throw $L", exception)
                .build();
    }

    private CodeBlock returnOutcome(String unlessStopped, List<Step.Guard> guards) {
        List<String> stops =
                guards.stream().map(guard -> guard.outcome().name()).distinct().toList();
        if (guards.isEmpty()) {
            return unlessStopped.equals(Outcome.COMMITTED)
                    ? runThenReturn(constant(unlessStopped))
                    : returnValue(constant(unlessStopped));
        }
        if (stops.equals(List.of(unlessStopped))) {
            return runThenReturn(constant(unlessStopped));
        }
        if (stops.size() == 1) {
            return returnValue(
                    CodeBlock.of("$L == 0 ? $L : $L", execute(), constant(unlessStopped), constant(stops.get(0))));
        }
        return choose(constant(unlessStopped), guards);
    }

    /** A choice by the comparison that stopped the vector; the last outcome is the rest. */
    private CodeBlock choose(CodeBlock unlessStopped, List<Step.Guard> guards) {
        Map<String, List<Integer>> stops = stopsByOutcome(guards);
        CodeBlock.Builder code = CodeBlock.builder();
        code.add("return switch ($L) {\n", execute()).indent();
        code.addStatement("case 0 -> $L", unlessStopped);
        int remaining = stops.size();
        for (Map.Entry<String, List<Integer>> stop : stops.entrySet()) {
            remaining--;
            CodeBlock label =
                    remaining == 0 ? CodeBlock.of("default") : CodeBlock.of("case $L", joined(stop.getValue()));
            code.addStatement("$L -> $L", label, constant(stop.getKey()));
        }
        return code.unindent().addStatement("}").build();
    }

    private static Map<String, List<Integer>> stopsByOutcome(List<Step.Guard> guards) {
        return IntStream.range(0, guards.size())
                .boxed()
                .collect(Collectors.groupingBy(
                        index -> guards.get(index).outcome().name(),
                        LinkedHashMap::new,
                        Collectors.mapping(index -> index + 1, Collectors.toList())));
    }

    private static String joined(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private CodeBlock constant(String outcome) {
        return CodeBlock.of("$T.$L", outcomes, JavaNames.constant(outcome));
    }

    private CodeBlock execute() {
        return CodeBlock.of("$L.execute($L)", locals.vector(), locals.cpu());
    }

    private CodeBlock run() {
        return CodeBlock.builder().addStatement(execute()).build();
    }

    private CodeBlock runThenReturn(CodeBlock value) {
        return CodeBlock.builder().add(run()).add(returnValue(value)).build();
    }

    private static CodeBlock returnValue(CodeBlock value) {
        return CodeBlock.builder().addStatement("return $L", value).build();
    }
}
