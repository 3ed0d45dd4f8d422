// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What is so of a unit as a whole, and decides which functions it gets and what they take. */
public final class UnitShape {
    private final VectorUnit unit;
    private final Set<Result> copiedResults = new HashSet<>();
    private int operations;
    private boolean canLoad;
    private boolean hasPlan;

    private UnitShape(VectorUnit unit) {
        this.unit = unit;
    }

    public static UnitShape of(VectorUnit unit) {
        UnitShape shape = new UnitShape(unit);
        shape.add(unit.body(), 0);
        return shape;
    }

    private void add(Block block, int conditionsBefore) {
        int conditions = conditionsBefore;
        for (Step step : block.steps()) {
            conditions += step.conditions().size();
            canLoad |= step instanceof Step.Load;
            hasPlan |= !step.conditions().isEmpty() || step instanceof Step.Check || step instanceof Step.Decide;
        }
        block.end().match(new Ends(this, conditions));
    }

    private record Ends(UnitShape shape, int conditions) implements Block.EndCases<UnitShape> {
        @Override
        public UnitShape commit(Block.Commit commit) {
            shape.operations =
                    Math.max(shape.operations, conditions + commit.writes().size());
            shape.hasPlan |= shape.hasDirectForm() && commit.writes().stream().anyMatch(Operation::mayFault);
            for (ResultValue value : commit.results()) {
                if (value instanceof ResultValue.Copied) {
                    shape.copiedResults.add(value.result());
                }
            }
            return shape;
        }

        @Override
        public UnitShape choice(Block.Choice choice) {
            shape.add(choice.then(), conditions);
            shape.add(choice.otherwise(), conditions);
            return shape;
        }
    }

    public boolean hasCells() {
        return !unit.cells().isEmpty();
    }

    public boolean hasSlots() {
        return !unit.perCpuParameters().isEmpty();
    }

    /** Whether it has a direct form: a raw vector is its operations, and nothing else. */
    public boolean hasDirectForm() {
        return unit.kind() == UnitKind.TRANSACTION;
    }

    /** Whether it has a form that does not hold the CPU that the caller is on. */
    public boolean isOptimistic() {
        return hasSlots() && hasDirectForm() && SingleStores.fit(unit);
    }

    /** Whether that form is one section as a whole. Such a one does nothing while functions have the vector form. */
    public boolean isSection() {
        return section().isPresent();
    }

    /** What that section does, if it is one. */
    Optional<SectionShape> section() {
        return hasSlots() && hasDirectForm() ? SectionShape.of(unit) : Optional.empty();
    }

    /** Whether the vector of some path copies a result out of memory, so that it has a cell. */
    boolean isCopied(Result result) {
        return copiedResults.contains(result);
    }

    /** Whether it gives its caller something when it commits. */
    public boolean hasResults() {
        return !unit.results().isEmpty();
    }

    /** Whether there are results that only the builder can know, on all paths. */
    boolean hasComputedResults() {
        return unit.results().stream().anyMatch(result -> !isCopied(result));
    }

    /** Whether a loading vector runs in preparation, so that the builder runs something. */
    boolean canLoad() {
        return canLoad;
    }

    /**
     * Whether somebody has to say what its operations mean: which way the unit ends where one stops them, and which of
     * them have memory that may not be accessible.
     */
    boolean hasPlan() {
        return hasPlan;
    }

    /** The most operations that a path has. */
    int operations() {
        return operations;
    }
}
