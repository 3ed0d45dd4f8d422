// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Result;

/** What a result of a query is once all CPUs have been folded in. */
public sealed interface QueryResult {
    Result result();

    /** A value that is computed. */
    record Computed(Result result, Expr value) implements QueryResult {}

    /** A folded array. */
    record Array(Result result, FoldedValue folded) implements QueryResult {}
}
