// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.vector.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Renders how an attempt ends whose vector begins with guards and validations: what preparation concludes is the answer
 * if the vector runs to its end, a guard that stops it has an answer of its own, and a validation means another attempt.
 */
final class AttemptEnd {
    private final OutcomeRenderer outcomes;
    private final Variables variables;

    /** Whether it ends a part, whose caller knows by what it returns whether there is to be another attempt. */
    private final boolean ofPart;

    /** For each comparison, in order, the outcome of the guard that it is; none if it validates. */
    private final List<Optional<Outcome>> conditions = new ArrayList<>();

    AttemptEnd(OutcomeRenderer outcomes, Variables variables) {
        this(outcomes, variables, false);
    }

    private AttemptEnd(OutcomeRenderer outcomes, Variables variables, boolean ofPart) {
        this.outcomes = outcomes;
        this.variables = variables;
        this.ofPart = ofPart;
    }

    /** For a path that goes on from here by itself. */
    AttemptEnd branch(Variables ofBranch) {
        return branch(ofBranch, ofPart);
    }

    /** The same, which ends a part. */
    AttemptEnd part(Variables ofBranch) {
        return branch(ofBranch, true);
    }

    private AttemptEnd branch(Variables ofBranch, boolean part) {
        AttemptEnd branch = new AttemptEnd(outcomes, ofBranch, part);
        branch.conditions.addAll(conditions);
        return branch;
    }

    /** A step has put its comparisons into the vector. */
    void addConditions(Step step) {
        Optional<Outcome> outcome = step instanceof Step.Guard guard ? Optional.of(guard.outcome()) : Optional.empty();
        step.conditions().forEach(condition -> conditions.add(outcome));
    }

    boolean hasConditions() {
        return !conditions.isEmpty();
    }

    /** The loading vector is built: it runs, and preparation goes on if it ran to its end. */
    CodeBlock load() {
        Map<Outcome, List<Integer>> stops = stops();
        CodeBlock.Builder code = CodeBlock.builder();
        if (stops.isEmpty()) {
            return code.beginControlFlow(
                            "if ($L.load($L, $L) != 0)", variables.vector(), variables.cpu(), conditions.size())
                    .addStatement(again())
                    .endControlFlow()
                    .build();
        }
        String stopped = variables.fresh("stopped");
        code.addStatement("int $L = $L.load($L, $L)", stopped, variables.vector(), variables.cpu(), conditions.size());
        stops().forEach((outcome, indices) -> code.add(refuseIf(stopped, indices, outcome)));
        return code.beginControlFlow("if ($L != 0)", stopped)
                .addStatement(again())
                .endControlFlow()
                .build();
    }

    /** Preparation has come to a conclusion; the vector has conditions only. */
    CodeBlock conclude(CodeBlock conclusion) {
        return conditions.isEmpty() ? conclusion : end(conclusion, false);
    }

    /**
     * The whole vector is built, and the path ends with it.
     *
     * @param conclusion statements that leave the method, unless nothing stands behind them
     * @param last whether nothing stands behind the end
     */
    CodeBlock end(CodeBlock conclusion, boolean last) {
        if (conditions.isEmpty()) {
            return CodeBlock.builder().addStatement(execute()).add(conclusion).build();
        }
        Map<Outcome, List<Integer>> stops = stops();
        CodeBlock.Builder code = CodeBlock.builder();
        if (stops.isEmpty()) {
            code.beginControlFlow("if ($L == 0)", execute()).add(conclusion).endControlFlow();
        } else {
            String stopped = variables.fresh("stopped");
            code.addStatement("int $L = $L", stopped, execute());
            code.beginControlFlow("if ($L == 0)", stopped).add(conclusion).endControlFlow();
            int remaining = stops.size();
            for (Map.Entry<Outcome, List<Integer>> stop : stops.entrySet()) {
                remaining--;
                code.add(
                        remaining == 0 && !canRetry()
                                ? refuse(stop.getKey())
                                : refuseIf(stopped, stop.getValue(), stop.getKey()));
            }
        }
        if (canRetry() && (ofPart || !last)) {
            code.addStatement(again());
        }
        return code.build();
    }

    /** Whether nothing can stop the vector but guards, and these with one outcome. */
    boolean isOneGuard() {
        return !canRetry() && stops().size() == 1;
    }

    /** The whole vector is built, and what its end means is one of two values. */
    CodeBlock endOfOneGuard(CodeBlock committed) {
        CodeBlock refused = outcomes.refused(stops().keySet().iterator().next());
        boolean isWhether =
                committed.toString().equals("true") && refused.toString().equals("false");
        CodeBlock end = isWhether
                ? CodeBlock.of("return $L == 0", execute())
                : CodeBlock.of("return $L == 0 ? $L : $L", execute(), committed, refused);
        return CodeBlock.builder().addStatement(end).build();
    }

    private CodeBlock refuse(Outcome outcome) {
        return CodeBlock.builder()
                .addStatement("return $L", outcomes.refused(outcome))
                .build();
    }

    private CodeBlock refuseIf(String stopped, List<Integer> indices, Outcome outcome) {
        String condition =
                indices.stream().map(index -> stopped + " == " + index).collect(Collectors.joining(" || "));
        return CodeBlock.builder()
                .beginControlFlow("if ($L)", condition)
                .add(refuse(outcome))
                .endControlFlow()
                .build();
    }

    private String again() {
        return ofPart ? "return null" : "continue";
    }

    private boolean canRetry() {
        return conditions.stream().anyMatch(Optional::isEmpty);
    }

    /** A fault is the answer only if all holds that leads there: guards, and what was read on the way. */
    private CodeBlock execute() {
        return conditions.isEmpty()
                ? CodeBlock.of("$L.execute($L)", variables.vector(), variables.cpu())
                : CodeBlock.of("$L.execute($L, $L)", variables.vector(), variables.cpu(), conditions.size());
    }

    private Map<Outcome, List<Integer>> stops() {
        Map<Outcome, List<Integer>> stops = new LinkedHashMap<>();
        for (int i = 0; i < conditions.size(); i++) {
            int index = i + 1;
            conditions
                    .get(i)
                    .ifPresent(outcome -> stops.computeIfAbsent(outcome, each -> new ArrayList<>())
                            .add(index));
        }
        return stops;
    }
}
