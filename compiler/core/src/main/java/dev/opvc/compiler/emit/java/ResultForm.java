// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import dev.opvc.compiler.ast.UnitKind;
import dev.opvc.compiler.vector.VectorUnit;

/** How a method tells its caller how the unit ended. */
enum ResultForm {
    /** It can only commit: void. */
    NOTHING,
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
            case 0 -> NOTHING;
            case 1 -> COMMITTED;
            default -> OUTCOME;
        };
    }
}
