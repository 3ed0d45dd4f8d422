// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.model.Place.IndexSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Walks expressions. */
public final class Subexpressions {
    private Subexpressions() {}

    /** Whether an expression, or one that it is made of, is so. What a binding's value is made of does not count. */
    public static boolean any(Expr expr, Predicate<Expr> predicate) {
        return predicate.test(expr) || of(expr).stream().anyMatch(part -> any(part, predicate));
    }

    private static List<Expr> of(Expr expr) {
        if (expr instanceof Expr.PlaceValue value) {
            return of(value.place());
        }
        if (expr instanceof Expr.Folded folded) {
            return List.of(folded.operand());
        }
        if (expr instanceof Expr.Function function) {
            return function.arguments();
        }
        if (expr instanceof Expr.Unary unary) {
            return List.of(unary.operand());
        }
        if (expr instanceof Expr.Conversion conversion) {
            return List.of(conversion.operand());
        }
        if (expr instanceof Expr.Binary binary) {
            return List.of(binary.left(), binary.right());
        }
        if (expr instanceof Expr.Comparison comparison) {
            return List.of(comparison.left(), comparison.right());
        }
        return expr instanceof Expr.Logical logical ? List.of(logical.left(), logical.right()) : List.of();
    }

    private static List<Expr> of(Place place) {
        List<Expr> parts = new ArrayList<>(List.of(place.pointer()));
        for (Place.Selector selector : place.selectors()) {
            if (selector instanceof IndexSelector index) {
                parts.add(index.index());
            }
        }
        return parts;
    }
}
