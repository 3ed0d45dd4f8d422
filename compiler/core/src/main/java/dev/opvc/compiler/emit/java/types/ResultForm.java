// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.types;

import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.VectorUnit;

/** How a method tells its caller how the unit ended. */
public enum ResultForm {
    /** It can only come to its end, and has no results or several: void. */
    NOTHING,
    /** It can only come to its end and has one result, which is returned. */
    VALUE,
    /** There is one other outcome: true if it committed. */
    COMMITTED,
    /** There are several: an enumeration. */
    OUTCOME,
    /** The result of a raw vector: 0, the index of the comparison that stopped it, or a negative errno. */
    VECTOR_RESULT;

    /** How the methods of a unit do it. */
    public static ResultForm of(LoweredUnit unit) {
        return unit instanceof QueryUnit query ? ofQuery(query) : of((VectorUnit) unit);
    }

    private static ResultForm ofQuery(QueryUnit query) {
        boolean oneValue =
                query.results().size() == 1 && query.results().get(0).type().isValue();
        return oneValue ? VALUE : NOTHING;
    }

    private static ResultForm of(VectorUnit unit) {
        if (unit.kind() == UnitKind.VECTOR) {
            return VECTOR_RESULT;
        }
        if (unit.outcomesDeclared()) {
            return OUTCOME;
        }
        return switch (unit.outcomes().size()) {
            case 0 -> unit.results().size() == 1 ? VALUE : NOTHING;
            case 1 -> COMMITTED;
            default -> OUTCOME;
        };
    }

    /** Whether results go into an object that the caller passes. */
    public static boolean needsHolder(LoweredUnit unit) {
        return !unit.results().isEmpty() && of(unit) != VALUE;
    }
}
