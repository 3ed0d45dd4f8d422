// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import java.util.Optional;

/** One step of a query, in the order of its statements. */
public sealed interface QueryStep {
    /** Dispatches on the kind of step. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of step.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R bind(Bind bind);

        R check(Check check);

        R read(Read read);

        R accumulate(Accumulate accumulate);

        R accumulateArray(AccumulateArray accumulate);

        R cumulate(Cumulate cumulate);
    }

    /** Evaluates a value that later steps use by its name. */
    record Bind(Local local, Value value) implements QueryStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.bind(this);
        }
    }

    /**
     * A range error unless the check holds.
     *
     * @param when the condition under which it has to, as for what stands right of {@code &&}; empty if always
     */
    record Check(RangeCheck check, Optional<Value> when) implements QueryStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.check(this);
        }
    }

    /**
     * Reads a value from the copy of a CPU's slots.
     *
     * @param prepared the name by which values use it, and its place
     * @param when the condition under which it is there; where it does not hold, nothing uses the value. Empty if always
     */
    record Read(Prepared prepared, Optional<Value> when) implements QueryStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.read(this);
        }
    }

    /** Folds a value in. */
    record Accumulate(FoldedValue.Scalar folded) implements QueryStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.accumulate(this);
        }
    }

    /** Folds an array in, element by element. */
    record AccumulateArray(FoldedValue.Array folded) implements QueryStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.accumulateArray(this);
        }
    }

    /** Adds to each element of an array, once all CPUs have been folded in, those before it. */
    record Cumulate(FoldedValue.Array folded) implements QueryStep {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.cumulate(this);
        }
    }
}
