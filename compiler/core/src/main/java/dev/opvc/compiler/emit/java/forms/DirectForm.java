// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.PlanWalk;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;
import java.util.Set;

/**
 * Renders the direct form of a transaction: under the CPU's exclusion nothing changes between a read and a store, so it
 * is the preparation and then the writes, in plain accesses. What needs no memory goes before the exclusion.
 */
public final class DirectForm {
    private final VectorUnit unit;
    private final Variables variables;
    private final PartRenderers renderers;
    private final OutcomeRenderer outcomes;
    private final Parts parts;

    private DirectForm(VectorUnit unit, JavaLayout layout) {
        this.unit = unit;
        this.variables = Variables.of(unit, layout);
        this.renderers = PartRenderers.of(unit, variables, layout);
        this.outcomes = new OutcomeRenderer(unit, layout);
        UnitMethods methods = new UnitMethods(unit, layout, variables);
        this.parts = new Parts(methods, JavaNames.directForm(unit.name().text()), methods.returned());
    }

    /**
     * The form: one method, unless that would be so long that it stays slow. It stays so all the same if its parts took
     * more stack than there is for sure under the exclusion: what overflows there tears the transaction.
     */
    public static RenderedForm render(VectorUnit unit, JavaLayout layout) {
        if (PlanWeight.isLight(unit)) {
            return whole(unit, layout);
        }
        Cuts<DirectPath> cuts = new DirectForm(unit, layout).cuts();
        if (cuts.uncutBytes() <= BytecodeEstimate.COMPILED_MAX) {
            RenderedForm whole = whole(unit, layout);
            if (whole.longestMethod() <= BytecodeEstimate.COMPILED_MAX) {
                return whole;
            }
        }
        DirectForm cut = new DirectForm(unit, layout);
        RenderedForm inParts = cut.render(cuts.blocks());
        return cut.parts.stack() <= StackEstimate.PARTS_MAX ? inParts : whole(unit, layout);
    }

    private static RenderedForm whole(VectorUnit unit, JavaLayout layout) {
        return new DirectForm(unit, layout).render(Cuts.none());
    }

    private Cuts<DirectPath> cuts() {
        return Cuts.of(unit.body(), () -> steps(Cuts.none()), new DirectPath(variables, false));
    }

    private RenderedForm render(Set<Block> cuts) {
        List<Step> all = unit.body().steps();
        List<Step> before = all.stream().takeWhile(step -> !step.namesPlaces()).toList();
        Block rest =
                new Block(all.subList(before.size(), all.size()), unit.body().end());
        Slots slots = new Slots(unit, variables);
        DirectPath path = new DirectPath(variables, true);
        DirectSteps outside = steps(cuts);
        before.forEach(step -> PlanWalk.step(step, outside, path));
        DirectSteps inside = steps(cuts);
        PlanWalk.walk(rest, inside, path);
        CodeBlock body = CodeBlock.builder()
                .add(outside.code())
                .add(ExclusionRenderer.around(inside.code(), variables, slots))
                .build();
        return new RenderedForm(body, parts.methods());
    }

    private DirectSteps steps(Set<Block> cuts) {
        return new DirectSteps(renderers, outcomes, cuts, parts);
    }
}
