// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Renders how a turn ends whose vector begins with guards and validations: what the turn concludes is the answer if the
 * vector runs to its end, a guard that stops it has an answer of its own, and a validation means another turn.
 */
final class RetryingEnding {
    private final Answers answers;
    private final Locals locals;
    private final List<Step> conditions = new ArrayList<>();
    private boolean expectsFaults;

    RetryingEnding(Answers answers, Locals locals) {
        this.answers = answers;
        this.locals = locals;
    }

    /** A guard or a read has put its comparison into the vector. */
    void addCondition(Step step) {
        conditions.add(step);
    }

    /** An operation is in the vector. */
    void addOperation(Operation operation) {
        expectsFaults |= operation.operands().stream().anyMatch(Operation.Operand::expectFault);
    }

    boolean hasConditions() {
        return !conditions.isEmpty();
    }

    /** Preparation has come to a conclusion; the vector has conditions only. */
    CodeBlock conclude(CodeBlock conclusion) {
        if (conditions.isEmpty()) {
            return conclusion;
        }
        CodeBlock.Builder code = CodeBlock.builder().add(end(conclusion));
        if (canRetry()) {
            code.addStatement("continue");
        }
        return code.build();
    }

    /** The whole vector is built, and the turn ends with it. */
    CodeBlock end(CodeBlock conclusion) {
        if (conditions.isEmpty()) {
            return CodeBlock.builder().addStatement(execute()).add(conclusion).build();
        }
        Map<Outcome, List<Integer>> stops = stopsByOutcome();
        CodeBlock.Builder code = CodeBlock.builder();
        if (stops.isEmpty()) {
            return code.beginControlFlow("if ($L == 0)", execute())
                    .add(conclusion)
                    .endControlFlow()
                    .build();
        }
        String stopped = locals.fresh("stopped");
        code.addStatement("int $L = $L", stopped, execute());
        code.beginControlFlow("if ($L == 0)", stopped).add(conclusion).endControlFlow();
        int remaining = stops.size();
        for (Map.Entry<Outcome, List<Integer>> stop : stops.entrySet()) {
            remaining--;
            CodeBlock answer = CodeBlock.of("return $L", answers.refused(stop.getKey()));
            if (remaining == 0 && !canRetry()) {
                code.addStatement(answer);
            } else {
                code.beginControlFlow("if ($L)", anyOf(stopped, stop.getValue()))
                        .addStatement(answer)
                        .endControlFlow();
            }
        }
        return code.build();
    }

    private boolean canRetry() {
        return conditions.stream().anyMatch(Step.Read.class::isInstance);
    }

    private CodeBlock execute() {
        return expectsFaults
                ? CodeBlock.of("$L.execute($L, $L)", locals.vector(), locals.cpu(), conditions.size())
                : CodeBlock.of("$L.execute($L)", locals.vector(), locals.cpu());
    }

    private Map<Outcome, List<Integer>> stopsByOutcome() {
        Map<Outcome, List<Integer>> stops = new LinkedHashMap<>();
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i) instanceof Step.Guard guard) {
                stops.computeIfAbsent(guard.outcome(), outcome -> new ArrayList<>())
                        .add(i + 1);
            }
        }
        return stops;
    }

    private static String anyOf(String stopped, List<Integer> indices) {
        return indices.stream().map(index -> stopped + " == " + index).collect(Collectors.joining(" || "));
    }
}
