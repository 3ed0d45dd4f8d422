// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.ScalarType;
import java.util.ArrayList;
import java.util.List;

/**
 * The conditions that must each hold for a whole to hold: those joined by {@code &&}, and the opposites of those joined
 * by {@code ||} of which none must.
 */
final class Conjunction {
    private final List<Expr> parts = new ArrayList<>();

    private Conjunction() {}

    /** The parts in the order in which they are evaluated, each with no more than one {@code !} around it. */
    static List<Expr> of(Expr condition) {
        Conjunction conjunction = new Conjunction();
        conjunction.add(condition, true, condition.origin());
        return conjunction.parts;
    }

    /**
     * Adds the parts of a condition.
     *
     * @param holds whether the condition must hold, or must not
     * @param origin where it is written, with what stands around it
     */
    private void add(Expr condition, boolean holds, Origin origin) {
        if (condition instanceof Expr.Unary not && not.operator() == UnaryOperator.NOT) {
            add(not.operand(), !holds, not.origin());
        } else if (condition instanceof Expr.Logical logical && logical.operator() == joining(holds)) {
            add(logical.left(), holds, logical.left().origin());
            add(logical.right(), holds, logical.right().origin());
        } else {
            parts.add(holds ? condition : new Expr.Unary(UnaryOperator.NOT, condition, ScalarType.BOOL, origin));
        }
    }

    /** The operator that makes a condition of two which must both hold, or of which none must. */
    private static BinaryOperator joining(boolean holds) {
        return holds ? BinaryOperator.LOGICAL_AND : BinaryOperator.LOGICAL_OR;
    }
}
