// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;
import java.util.stream.Stream;

/** Questions about a unit that decide which functions it gets and what they take. */
final class UnitShape {
    private UnitShape() {}

    static boolean hasCells(VectorUnit unit) {
        return !unit.cells().isEmpty();
    }

    static boolean hasSlots(VectorUnit unit) {
        return !unit.perCpuParameters().isEmpty();
    }

    /** Whether it has a direct form: a raw vector is its operations, and nothing else. */
    static boolean hasDirectForm(VectorUnit unit) {
        return unit.kind() == UnitKind.TRANSACTION;
    }

    /** Whether the vector of some path copies a result out of memory, so that it has a cell. */
    static boolean isCopied(Result result, VectorUnit unit) {
        return results(unit)
                .anyMatch(value ->
                        value instanceof ResultValue.Copied && value.result().equals(result));
    }

    /** The results that only the builder can know, on all paths. */
    static List<Result> computedResults(VectorUnit unit) {
        return unit.results().stream().filter(result -> !isCopied(result, unit)).toList();
    }

    private static Stream<ResultValue> results(VectorUnit unit) {
        return unit.paths().stream().flatMap(path -> path.results().stream());
    }

    /** Whether a loading vector runs in preparation, so that the builder runs something. */
    static boolean canLoad(VectorUnit unit) {
        return steps(unit).anyMatch(Step.Load.class::isInstance);
    }

    /** Whether it may end in more than one way, so that somebody has to say what stopping its vector means. */
    static boolean hasPlan(VectorUnit unit) {
        return steps(unit)
                .anyMatch(step ->
                        !step.conditions().isEmpty() || step instanceof Step.Check || step instanceof Step.Decide);
    }

    private static Stream<Step> steps(VectorUnit unit) {
        return unit.paths().stream().flatMap(path -> path.preparation().stream());
    }

    /** The most operations that a path has. */
    static int operations(VectorUnit unit) {
        return unit.paths().stream()
                .mapToInt(path -> path.operations().size())
                .max()
                .orElse(0);
    }
}
