// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Place;

/** Whether a value is known without reading memory. */
final class Purity {
    private Purity() {}

    static boolean isPure(Expr expr) {
        if (expr instanceof Expr.PlaceValue) {
            return false;
        }
        if (expr instanceof Expr.BindingValue binding) {
            return isPure(binding.binding().value());
        }
        if (expr instanceof Expr.Unary unary) {
            return isPure(unary.operand());
        }
        if (expr instanceof Expr.Binary binary) {
            return isPure(binary.left()) && isPure(binary.right());
        }
        if (expr instanceof Expr.Comparison comparison) {
            return isPure(comparison.left()) && isPure(comparison.right());
        }
        if (expr instanceof Expr.Logical logical) {
            return isPure(logical.left()) && isPure(logical.right());
        }
        return !(expr instanceof Expr.Conversion conversion) || isPure(conversion.operand());
    }

    /** Whether the address of a place is known without reading memory. */
    static boolean hasPureAddress(Place place) {
        return isPure(place.pointer())
                && place.selectors().stream()
                        .allMatch(
                                selector -> !(selector instanceof Place.IndexSelector index) || isPure(index.index()));
    }
}
