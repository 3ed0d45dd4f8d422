// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.ast.UnitKind;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorPath;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;

/** Questions about a unit that decide which functions it gets and what they take. */
final class UnitShape {
    private UnitShape() {}

    /** The one way through a unit. */
    static VectorPath path(VectorUnit unit) {
        if (unit.paths().size() != 1) {
            throw new IllegalArgumentException(
                    unit.name() + " has " + unit.paths().size() + " paths; there is no C for more or fewer than one");
        }
        return unit.paths().get(0);
    }

    static boolean hasCells(VectorUnit unit) {
        return !path(unit).cells().isEmpty();
    }

    static boolean hasSlots(VectorUnit unit) {
        return !unit.perCpuParameters().isEmpty();
    }

    /** Whether it has a direct form: a raw vector is its operations, and nothing else. */
    static boolean hasDirectForm(VectorUnit unit) {
        return unit.kind() == UnitKind.TRANSACTION;
    }

    /** Whether the builder hands out values for results. */
    static boolean hasComputedResults(VectorUnit unit) {
        return path(unit).results().stream().anyMatch(ResultValue.Computed.class::isInstance);
    }

    static boolean canRetry(VectorUnit unit) {
        return path(unit).canRetry();
    }

    /** Whether a concurrent thread may make an operand inaccessible, so that it is found out what that means. */
    static boolean canFault(VectorUnit unit) {
        return canRetry(unit)
                && path(unit).operations().stream()
                        .flatMap(operation -> operation.operands().stream())
                        .anyMatch(Operation.Operand::expectFault);
    }

    /** The steps that stand in the vector: guards and validations, in their order. */
    static List<Step> looking(VectorUnit unit) {
        return path(unit).preparation().stream()
                .filter(step -> VectorPath.operationOf(step).isPresent())
                .toList();
    }

    /** Whether preparation can end the unit before its vector is complete. */
    static boolean canConclude(VectorUnit unit) {
        return path(unit).preparation().stream()
                .anyMatch(step -> step instanceof Step.Check || step instanceof Step.Decide);
    }
}
