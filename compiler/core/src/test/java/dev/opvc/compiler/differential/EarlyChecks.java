// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.PlaceExpr.IndexSelector;
import dev.opvc.compiler.model.ScalarType;

/** The checks of a query that parameters alone decide: they come before any CPU is looked at. */
final class EarlyChecks {
    private final Evaluator evaluator;

    EarlyChecks(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** Whether a value is made of parameters and constants alone. */
    boolean isEarly(Expr expr) {
        if (expr instanceof Expr.BindingValue binding) {
            return isEarly(binding.binding().value());
        }
        return !(expr instanceof Expr.Folded)
                && !(expr instanceof Expr.PlaceValue)
                && expr.parts().stream().allMatch(this::isEarly);
    }

    /** Makes those within an expression, in the order in which it is evaluated. */
    void check(Expr expr) {
        if (expr instanceof Expr.Logical logical) {
            check(logical.left());
            boolean decides = !isEarly(logical.left())
                    || evaluator.value(logical.left()).truth() == (logical.operator() == BinaryOperator.LOGICAL_OR);
            if (decides) {
                checkFolds(logical.right());
            } else {
                check(logical.right());
            }
        } else if (expr instanceof Expr.PlaceValue place) {
            check(place.place());
        } else {
            expr.parts().forEach(this::check);
            if (expr instanceof Expr.Binary binary && isChecked(binary) && isEarly(binary.right())) {
                checkRight(binary);
            }
        }
    }

    /** Folds are made whether or not what they stand in is evaluated. */
    private void checkFolds(Expr expr) {
        if (expr instanceof Expr.Folded folded) {
            check(folded.operand());
        } else {
            expr.parts().forEach(this::checkFolds);
        }
    }

    private void check(PlaceExpr place) {
        for (PlaceExpr.Selector selector : place.selectors()) {
            if (selector instanceof IndexSelector index) {
                check(index.index());
                if (isEarly(index.index())) {
                    evaluator.index(place, index);
                }
            }
        }
    }

    private static boolean isChecked(Expr.Binary binary) {
        return switch (binary.operator()) {
            case SHIFT_LEFT, SHIFT_RIGHT -> true;
            case DIVIDE, REMAINDER -> ((ScalarType) binary.type()).isInteger();
            default -> false;
        };
    }

    /** Any left operand shows whether the right one is in error. */
    private void checkRight(Expr.Binary binary) {
        Datum right = evaluator.value(binary.right());
        Operators.binary(binary.operator(), Datum.of(binary.type(), 0), right, binary.type());
    }
}
