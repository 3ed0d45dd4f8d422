// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Prepared;

/**
 * One step of a transaction's preparation, in the order of its statements.
 *
 * <p>Preparation ends at the first step that concludes something: a decision that goes against the transaction, or a
 * range error. Its conclusion is the answer only once the vector of the guards and validations before it has run to its
 * end; if a guard stops that vector, the guard's outcome is the answer, and if a validation does, the transaction is
 * prepared again.
 */
public sealed interface Step {
    /**
     * Evaluates a value that later steps and operations use by its name. It cannot fail: checks come before it.
     *
     * @param value the binding's value, with prepared values in place of what it reads
     */
    record Bind(Binding binding, Expr value) implements Step {}

    /**
     * Reads a place by one relaxed load of its width. The operation, which stands in the vector at this step's place
     * among the guards, validates it; if it stops the vector, the transaction is prepared again.
     */
    record Read(Prepared prepared, Operation.Compare validation) implements Step {}

    /** A range error unless the check holds. */
    record Check(RangeCheck check) implements Step {}

    /** The transaction ends with an outcome unless the condition on values that are known holds. */
    record Decide(Expr condition, Outcome outcome) implements Step {}

    /** A comparison for the vector; if it stops it, the transaction ends with an outcome. */
    record Guard(Operation.Compare operation, Outcome outcome) implements Step {}
}
