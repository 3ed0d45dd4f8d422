// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Result;

/** What a result of a query is once all CPUs have been folded in. */
public sealed interface QueryResult {
    /** Dispatches on the kind of result. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of result.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R computed(Computed computed);

        R array(Array array);
    }

    Result result();

    /** A value that is computed. */
    record Computed(Result result, Value value) implements QueryResult {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.computed(this);
        }
    }

    /** A folded array. */
    record Array(Result result, FoldedValue.Array folded) implements QueryResult {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.array(this);
        }
    }
}
