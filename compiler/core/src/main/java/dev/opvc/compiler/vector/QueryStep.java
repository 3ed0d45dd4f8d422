// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Prepared;
import org.jspecify.annotations.Nullable;

/** One step of a query, in the order of its statements. */
public sealed interface QueryStep {
    /** Evaluates a value that later steps use by its name. */
    record Bind(Binding binding, Expr value) implements QueryStep {}

    /**
     * A range error unless the check holds.
     *
     * @param when the condition under which it has to, as for what stands right of {@code &&}; null if always
     */
    record Check(RangeCheck check, @Nullable Expr when) implements QueryStep {}

    /**
     * Reads a value from the copy of a CPU's slots.
     *
     * @param prepared the name by which expressions use it, and its place
     * @param when the condition under which it is there; where it does not hold, nothing uses the value. Null if always
     */
    record Read(Prepared prepared, @Nullable Expr when) implements QueryStep {}

    /** Folds a value in. */
    record Accumulate(FoldedValue folded, Expr value) implements QueryStep {}

    /** Folds an array in, element by element. */
    record AccumulateArray(FoldedValue folded, Place place) implements QueryStep {}
}
