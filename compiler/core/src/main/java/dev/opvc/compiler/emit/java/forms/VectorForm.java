// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.opvc.compiler.emit.PlanWalk;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.Set;

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
    private final Parts parts;

    private VectorForm(VectorUnit unit, JavaLayout layout) {
        this.unit = unit;
        this.canRetry = unit.canRetry();
        this.variables = Variables.of(unit, layout);
        this.renderers = PartRenderers.of(unit, variables, layout);
        this.outcomes = new OutcomeRenderer(unit, layout);
        UnitMethods methods = new UnitMethods(unit, layout, variables);
        TypeName returned = canRetry ? endedOrNull(methods.returned()) : methods.returned();
        this.parts = new Parts(methods, JavaNames.vectorForm(unit.name().text()), returned);
    }

    /**
     * The form: one method, unless that would be so long that it stays slow. Where there can be several attempts, what
     * is done after the last stands behind its body.
     */
    public static RenderedForm render(VectorUnit unit, JavaLayout layout) {
        if (PlanWeight.isLight(unit)) {
            return new VectorForm(unit, layout).render(Cuts.none());
        }
        Cuts<VectorPath> cuts = new VectorForm(unit, layout).cuts();
        if (cuts.uncutBytes() <= BytecodeEstimate.COMPILED_MAX) {
            RenderedForm whole = new VectorForm(unit, layout).render(Cuts.none());
            if (whole.longestMethod() <= BytecodeEstimate.COMPILED_MAX) {
                return whole;
            }
        }
        return new VectorForm(unit, layout).render(cuts.blocks());
    }

    /** What a part returns where there can be several attempts: null if there is to be another. */
    private static TypeName endedOrNull(TypeName returned) {
        return returned.equals(TypeName.VOID) ? ClassName.get(Boolean.class) : returned.box();
    }

    private Cuts<VectorPath> cuts() {
        return Cuts.of(unit.body(), () -> steps(Cuts.none()), VectorPath.begin(unit, renderers, outcomes));
    }

    private RenderedForm render(Set<Block> cuts) {
        CodeBlock.Builder code = CodeBlock.builder();
        Slots slots = new Slots(unit, variables);
        if (unit.perCpuParameters().isEmpty() && concludesWithoutVector()) {
            code.addStatement("$T.checkPossible($L)", RuntimeClasses.CPUS, variables.cpu());
        }
        code.add(slots.find());
        if (canRetry) {
            String attempt = variables.fresh("attempt");
            code.beginControlFlow(
                            "for (int $L = 0; $T.tryVector($L); $L++)", attempt, RuntimeClasses.FORMS, attempt, attempt)
                    .add(attempt(slots, cuts))
                    .endControlFlow();
        } else {
            code.add(attempt(slots, cuts));
        }
        return new RenderedForm(code.build(), parts.methods());
    }

    private CodeBlock attempt(Slots slots, Set<Block> cuts) {
        variables.declare(variables.vector(), RuntimeClasses.OP_VECTOR);
        VectorSteps steps = steps(cuts);
        PlanWalk.walk(unit.body(), steps, VectorPath.begin(unit, renderers, outcomes));
        return CodeBlock.builder().add(slots.beginVector()).add(steps.code()).build();
    }

    private VectorSteps steps(Set<Block> cuts) {
        return new VectorSteps(canRetry, renderers, outcomes, cuts, parts);
    }

    /** Whether it may end without a vector, which would look at the CPU's number. */
    private boolean concludesWithoutVector() {
        return unit.paths().stream()
                .anyMatch(path -> path.preparation().stream()
                        .takeWhile(step -> step.conditions().isEmpty())
                        .anyMatch(Step.Decide.class::isInstance));
    }
}
