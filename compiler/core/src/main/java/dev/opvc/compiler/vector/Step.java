// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Outcome;
import java.util.List;

/**
 * One step of a transaction's preparation, in the order of its statements.
 *
 * <p>Preparation ends at the first step that concludes something: a decision that goes against the transaction, or a
 * range error. Its conclusion is the answer only once the vector of the guards and validations before it has run to its
 * end; if a guard stops that vector, the guard's outcome is the answer, and if a validation does, the transaction is
 * prepared again.
 */
public sealed interface Step {
    /** Dispatches on the kind of step. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of step.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R bind(Bind bind);

        R read(Read read);

        R load(Load load);

        R check(Check check);

        R decide(Decide decide);

        R guard(Guard guard);
    }

    /** The comparisons that the step puts into the vector, behind those of the steps before it. */
    default List<Operation.Compare> conditions() {
        return List.of();
    }

    /** Whether it needs the addresses of places: of the slots, then, of a CPU that is chosen by now. */
    default boolean namesPlaces() {
        return !conditions().isEmpty();
    }

    /** The values that the step reads from memory. */
    default List<Prepared> reads() {
        return List.of();
    }

    /**
     * Evaluates a value that later steps and operations use by its name. It cannot fail: checks come before it.
     *
     * @param value has prepared values in place of what it reads
     */
    record Bind(Local local, Value value) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.bind(this);
        }
    }

    /**
     * Reads a place by one relaxed load of its width. The operation validates it; if it stops the vector, the
     * transaction is prepared again.
     */
    record Read(Prepared prepared, Operation.Compare validation) implements Step {

        @Override
        public List<Operation.Compare> conditions() {
            return List.of(validation);
        }

        @Override
        public List<Prepared> reads() {
            return List.of(prepared);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.read(this);
        }
    }

    /**
     * Has a vector of its own read places behind pointers that were read before, whose memory may be gone by now: a
     * loading vector. It consists of all conditions so far and of copies; if a condition stops it, or an operand
     * faults, that is as if it happened in the transaction's vector.
     */
    record Load(List<Loaded> values) implements Step {

        public Load {
            values = List.copyOf(values);
        }

        @Override
        public List<Operation.Compare> conditions() {
            return values.stream().map(Loaded::validation).toList();
        }

        @Override
        public List<Prepared> reads() {
            return values.stream().map(Loaded::prepared).toList();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.load(this);
        }
    }

    /**
     * A value that a loading vector copies.
     *
     * @param cell where it is copied to, and where the validation finds it
     */
    record Loaded(Prepared prepared, Address.OfCell cell, Operation.Copy copy, Operation.Compare validation) {}

    /** A range error unless the check holds. */
    record Check(RangeCheck check) implements Step {
        @Override
        public boolean namesPlaces() {
            return check.namesPlaces();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.check(this);
        }
    }

    /** The transaction ends with an outcome unless the condition on values that are known holds. */
    record Decide(Value condition, Outcome outcome) implements Step {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.decide(this);
        }
    }

    /** A comparison for the vector; if it stops it, the transaction ends with an outcome. */
    record Guard(Operation.Compare operation, Outcome outcome) implements Step {

        @Override
        public List<Operation.Compare> conditions() {
            return List.of(operation);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.guard(this);
        }
    }
}
