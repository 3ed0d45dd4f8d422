// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.model.PlaceExpr.IndexSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Walks expressions. */
public final class Subexpressions {
    private static final Parts PARTS = new Parts();

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
        return expr.match(PARTS);
    }

    /** What leads to an address; nothing leads to memory of the caller. */
    public static List<Expr> of(AddressExpr address) {
        return address.match(PARTS);
    }

    /** What leads to a place: its pointer, and its indices. */
    public static List<Expr> of(PlaceExpr place) {
        List<Expr> parts = new ArrayList<>(List.of(place.pointer()));
        for (PlaceExpr.Selector selector : place.selectors()) {
            if (selector instanceof IndexSelector index) {
                parts.add(index.index());
            }
        }
        return parts;
    }

    private static final class Parts implements Expr.Cases<List<Expr>>, AddressExpr.Cases<List<Expr>> {
        @Override
        public List<Expr> constant(Expr.Constant constant) {
            return List.of();
        }

        @Override
        public List<Expr> parameterValue(Expr.ParameterValue value) {
            return List.of();
        }

        @Override
        public List<Expr> bindingValue(Expr.BindingValue value) {
            return List.of();
        }

        @Override
        public List<Expr> placeValue(Expr.PlaceValue value) {
            return of(value.place());
        }

        @Override
        public List<Expr> function(Expr.Function function) {
            return function.arguments();
        }

        @Override
        public List<Expr> folded(Expr.Folded folded) {
            return List.of(folded.operand());
        }

        @Override
        public List<Expr> unary(Expr.Unary unary) {
            return List.of(unary.operand());
        }

        @Override
        public List<Expr> binary(Expr.Binary binary) {
            return List.of(binary.left(), binary.right());
        }

        @Override
        public List<Expr> comparison(Expr.Comparison comparison) {
            return List.of(comparison.left(), comparison.right());
        }

        @Override
        public List<Expr> logical(Expr.Logical logical) {
            return List.of(logical.left(), logical.right());
        }

        @Override
        public List<Expr> conversion(Expr.Conversion conversion) {
            return List.of(conversion.operand());
        }

        @Override
        public List<Expr> ofPointer(AddressExpr.OfPointer address) {
            return List.of(address.pointer());
        }

        @Override
        public List<Expr> ofPlace(AddressExpr.OfPlace address) {
            return of(address.place());
        }

        @Override
        public List<Expr> ofParameter(AddressExpr.OfParameter address) {
            return List.of();
        }
    }
}
