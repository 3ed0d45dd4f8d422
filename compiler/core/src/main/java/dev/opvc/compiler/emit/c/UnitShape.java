// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorPath;
import dev.opvc.compiler.vector.VectorUnit;

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

    /** Whether preparation can end the unit before its vector is complete. */
    static boolean canConclude(VectorUnit unit) {
        return path(unit).preparation().stream()
                .anyMatch(step -> step instanceof Step.Check || step instanceof Step.Decide);
    }
}
