// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.ast.BinaryOperator;
import dev.opvc.compiler.ast.BinaryOperator.Group;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Place.IndexSelector;

/** Whether an expression may be evaluated although what stands before it decides: it cannot fail, and faults nowhere. */
final class Laziness {
    private Laziness() {}

    static boolean canBeEager(Expr expr, MemoryReads reads) {
        if (expr instanceof Expr.PlaceValue place) {
            return isPlainSlotPlace(place.place()) && reads.isCertain(place.place());
        }
        if (expr instanceof Expr.Unary unary) {
            return canBeEager(unary.operand(), reads);
        }
        if (expr instanceof Expr.Conversion conversion) {
            return canBeEager(conversion.operand(), reads);
        }
        if (expr instanceof Expr.Comparison comparison) {
            return canBeEager(comparison.left(), reads) && canBeEager(comparison.right(), reads);
        }
        if (expr instanceof Expr.Logical logical) {
            return canBeEager(logical.left(), reads) && canBeEager(logical.right(), reads);
        }
        if (expr instanceof Expr.Function function) {
            return function.arguments().stream().allMatch(argument -> canBeEager(argument, reads));
        }
        return !(expr instanceof Expr.Binary binary)
                || (!canFail(binary) && canBeEager(binary.left(), reads) && canBeEager(binary.right(), reads));
    }

    private static boolean canFail(Expr.Binary binary) {
        boolean checked = binary.operator().group() == Group.SHIFT
                || binary.operator() == BinaryOperator.DIVIDE
                || binary.operator() == BinaryOperator.REMAINDER;
        return checked && !(binary.right() instanceof Expr.Constant);
    }

    /** A slot is always accessible; what another pointer points at may be what the left side asks. */
    private static boolean isPlainSlotPlace(Place place) {
        return place.pointer() instanceof Expr.ParameterValue value
                && value.parameter().perCpu()
                && place.selectors().stream()
                        .allMatch(selector ->
                                !(selector instanceof IndexSelector index) || index.index() instanceof Expr.Constant);
    }
}
