// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.PlanWalk;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;

/**
 * Renders the direct form of a transaction: under the CPU's exclusion nothing changes between a read and a store, so it
 * is the preparation and then the writes, in plain accesses. What needs no memory goes before the exclusion.
 */
public final class DirectForm {
    private final VectorUnit unit;
    private final Variables variables;
    private final PartRenderers renderers;
    private final OutcomeRenderer outcomes;

    private DirectForm(VectorUnit unit, JavaLayout layout) {
        this.unit = unit;
        this.variables = Variables.of(unit, layout);
        this.renderers = PartRenderers.of(variables, layout);
        this.outcomes = new OutcomeRenderer(unit, layout);
    }

    /** The body of the method. */
    public static CodeBlock render(VectorUnit unit, JavaLayout layout) {
        return new DirectForm(unit, layout).render();
    }

    private CodeBlock render() {
        List<Step> steps = unit.body().steps();
        List<Step> before =
                steps.stream().takeWhile(step -> step.conditions().isEmpty()).toList();
        Block rest = new Block(
                steps.subList(before.size(), steps.size()), unit.body().end());
        Slots slots = new Slots(unit, variables);
        DirectPath path = new DirectPath(variables, true);
        DirectSteps outside = new DirectSteps(renderers, outcomes);
        before.forEach(step -> PlanWalk.step(step, outside, path));
        DirectSteps inside = new DirectSteps(renderers, outcomes);
        PlanWalk.walk(rest, inside, path);
        return CodeBlock.builder()
                .add(outside.code())
                .add(ExclusionRenderer.around(inside.code(), variables, slots))
                .build();
    }
}
