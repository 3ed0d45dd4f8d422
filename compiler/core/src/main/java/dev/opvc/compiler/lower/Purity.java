// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Expr;

/**
 * Whether a value is known without reading memory. A binding's always is: a binding whose value is not has been
 * reported, and following bindings into each other would take exponentially long.
 */
final class Purity {
    private Purity() {}

    static boolean isPure(Expr expr) {
        if (expr instanceof Expr.PlaceValue) {
            return false;
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
}
