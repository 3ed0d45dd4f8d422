// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.model.Place.IndexSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Walks expressions. */
public final class Subexpressions {
    private Subexpressions() {}

    // Loops instead of streams: long chains of operators are walked to their end by recursion.

    /** Whether an expression, or one that it is made of, is so. What a binding's value is made of does not count. */
    public static boolean any(Expr expr, Predicate<Expr> predicate) {
        if (predicate.test(expr)) {
            return true;
        }
        for (Expr part : of(expr)) {
            if (any(part, predicate)) {
                return true;
            }
        }
        return false;
    }

    /** What an expression is made of, from left to right. */
    public static List<Expr> of(Expr expr) {
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
        if (expr instanceof Expr.Logical logical) {
            return List.of(logical.left(), logical.right());
        }
        if (expr instanceof Expr.Select select) {
            return List.of(select.condition(), select.then(), select.otherwise());
        }
        return expr instanceof Expr.SameAddress same ? of(same) : List.of();
    }

    private static List<Expr> of(Expr.SameAddress same) {
        List<Expr> parts = new ArrayList<>(of(same.left()));
        parts.addAll(of(same.right()));
        return parts;
    }

    /** What leads to an address that is not a cell's. */
    public static List<Expr> of(Address address) {
        return address instanceof Address.OfPlace of
                ? of(of.place())
                : List.of(((Address.OfPointer) address).pointer());
    }

    /** What leads to a place: its pointer, and its indices. */
    public static List<Expr> of(Place place) {
        List<Expr> parts = new ArrayList<>(List.of(place.pointer()));
        for (Place.Selector selector : place.selectors()) {
            if (selector instanceof IndexSelector index) {
                parts.add(index.index());
            }
        }
        return parts;
    }
}
