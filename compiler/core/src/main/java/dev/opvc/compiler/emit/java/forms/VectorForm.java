// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.PlanWalk;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;

/**
 * Renders the vector form of a unit. Each attempt begins the vector anew, prepares, and runs it; where nothing is read
 * there is no second attempt, and no loop.
 */
public final class VectorForm {
    private final VectorUnit unit;
    private final boolean canRetry;
    private final Variables variables;
    private final PartRenderers renderers;
    private final OutcomeRenderer outcomes;

    private VectorForm(VectorUnit unit, JavaLayout layout) {
        this.unit = unit;
        this.canRetry = unit.canRetry();
        this.variables = Variables.of(unit, layout);
        this.renderers = PartRenderers.of(variables, layout);
        this.outcomes = new OutcomeRenderer(unit, layout);
    }

    /** The body of the method; where there can be several attempts, what is done after the last stands behind it. */
    public static CodeBlock render(VectorUnit unit, JavaLayout layout) {
        return new VectorForm(unit, layout).render();
    }

    private CodeBlock render() {
        CodeBlock.Builder code = CodeBlock.builder();
        Slots slots = new Slots(unit, variables);
        if (unit.perCpuParameters().isEmpty() && concludesWithoutVector()) {
            code.addStatement("$T.checkPossible($L)", RuntimeClasses.CPUS, variables.cpu());
        }
        code.add(slots.find());
        if (!canRetry) {
            return code.add(attempt(slots)).build();
        }
        String attempt = variables.fresh("attempt");
        return code.beginControlFlow(
                        "for (int $L = 0; $T.tryVector($L); $L++)", attempt, RuntimeClasses.FORMS, attempt, attempt)
                .add(attempt(slots))
                .endControlFlow()
                .build();
    }

    private CodeBlock attempt(Slots slots) {
        VectorSteps steps = new VectorSteps(canRetry, renderers, outcomes);
        PlanWalk.walk(unit.body(), steps, VectorPath.begin(unit, renderers, outcomes));
        return CodeBlock.builder().add(slots.beginVector()).add(steps.code()).build();
    }

    /** Whether it may end without a vector, which would look at the CPU's number. */
    private boolean concludesWithoutVector() {
        return unit.paths().stream()
                .anyMatch(path -> path.preparation().stream()
                        .takeWhile(step -> step.conditions().isEmpty())
                        .anyMatch(Step.Decide.class::isInstance));
    }
}
