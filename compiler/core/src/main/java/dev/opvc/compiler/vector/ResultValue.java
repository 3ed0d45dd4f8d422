// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Result;

/** Where a result comes from once a path has committed. */
public sealed interface ResultValue {
    /** Dispatches on the kind of result. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of result.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R computed(Computed computed);

        R copied(Copied copied);
    }

    Result result();

    /** A value that preparation found. */
    record Computed(Result result, Value value) implements ResultValue {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.computed(this);
        }
    }

    /** What the vector's read operations copied to a cell of its own. */
    record Copied(Result result, Address.OfCell cell) implements ResultValue {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.copied(this);
        }
    }
}
