// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Fold;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.source.Span;

/** What expressions may use where they stand. A method that refuses says why. */
interface Surroundings {
    /** Whether the value of a place may be read. */
    boolean mayRead(PlaceExpr place, Span span);

    /** Whether arrays are taken element by element, however many there are. */
    default boolean foldsArrays() {
        return false;
    }

    /** Whether a binding may be used. */
    boolean mayUse(Binding binding, Span span);

    /** Types a fold. */
    Operand fold(Fold fold, Expression.Call call);
}
