// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.BinaryOperator.Group;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.PlaceExpr;

/** Whether an expression may be evaluated although what stands before it decides: it cannot fail, and faults nowhere. */
final class Laziness {
    private final MemoryReads reads;

    Laziness(MemoryReads reads) {
        this.reads = reads;
    }

    boolean canBeEager(Expr expr) {
        if (expr instanceof Expr.PlaceValue value) {
            return canBeEager(value.place());
        }
        if (expr instanceof Expr.Binary binary && canFail(binary)) {
            return false;
        }
        if (expr instanceof Expr.Element element && !(element.index() instanceof Expr.Constant)) {
            return false;
        }
        for (Expr part : expr.parts()) {
            if (!canBeEager(part)) {
                return false;
            }
        }
        return true;
    }

    /** A slot is always accessible; what another pointer points at may be what the left side asks. */
    private boolean canBeEager(PlaceExpr place) {
        return place.isInSlot()
                && place.hasKnownOffset()
                && !leadsIntoSized(place)
                && reads.isCertain(FixedPlaces.of(place));
    }

    /** An element of an array that was given its length when it was allocated may be behind its end. */
    private static boolean leadsIntoSized(PlaceExpr place) {
        return place.selectors().stream()
                .anyMatch(selector -> selector instanceof PlaceExpr.IndexSelector index
                        && index.array().sized());
    }

    private static boolean canFail(Expr.Binary binary) {
        boolean checked = binary.operator().group() == Group.SHIFT
                || binary.operator() == BinaryOperator.DIVIDE
                || binary.operator() == BinaryOperator.REMAINDER;
        return checked && !(binary.right() instanceof Expr.Constant);
    }
}
