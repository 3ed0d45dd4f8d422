// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.vector.VectorUnit;

/** How a method tells its caller how the unit ended. */
enum ResultForm {
    /** It can only commit, and has no results or several: void. */
    NOTHING,
    /** It can only commit and has one result, which is returned. */
    VALUE,
    /** There is one other outcome: true if it committed. */
    COMMITTED,
    /** There are several: an enumeration. */
    OUTCOME,
    /** The result of a raw vector: 0, the index of the comparison that stopped it, or a negative errno. */
    VECTOR_RESULT;

    static ResultForm of(VectorUnit unit) {
        if (unit.kind() == UnitKind.VECTOR) {
            return VECTOR_RESULT;
        }
        return switch (unit.outcomes().size()) {
            case 0 -> unit.results().size() == 1 ? VALUE : NOTHING;
            case 1 -> COMMITTED;
            default -> OUTCOME;
        };
    }

    /** Whether results go into an object that the caller passes. */
    static boolean needsHolder(VectorUnit unit) {
        return !unit.results().isEmpty() && of(unit) != VALUE;
    }
}
