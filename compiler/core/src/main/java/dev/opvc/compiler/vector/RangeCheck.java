// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.ScalarType;
import java.util.List;

/** What must hold of values that are known only at run time. If it does not, that is a range error. */
public sealed interface RangeCheck {
    /** The values that it asks about, places apart. */
    List<Value> parts();

    /** Whether it compares the addresses of places, and not values alone. */
    default boolean namesPlaces() {
        return false;
    }

    /** Dispatches on the kind of check. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of check.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R index(Index check);

        R belowLength(BelowLength check);

        R withinMax(WithinMax check);

        R withinPlace(WithinPlace check);

        R shiftCount(ShiftCount check);

        R apart(Apart check);

        R divisor(Divisor check);
    }

    /** {@code 0 <= index < length}; an IndexOutOfBoundsException in Java. */
    record Index(Value index, long length) implements RangeCheck {
        @Override
        public List<Value> parts() {
            return List.of(index);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.index(this);
        }
    }

    /**
     * {@code 0 <= index < length}, where the length was given when the array was allocated; an IndexOutOfBoundsException
     * in Java.
     */
    record BelowLength(Value index, Parameter length) implements RangeCheck {
        @Override
        public List<Value> parts() {
            return List.of(index, new Value.OfParameter(length));
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.belowLength(this);
        }
    }

    /** {@code parameter <= parameter.max()}; an IllegalArgumentException in Java. */
    record WithinMax(Parameter parameter) implements RangeCheck {
        @Override
        public List<Value> parts() {
            return List.of();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.withinMax(this);
        }
    }

    /**
     * A length does not reach past the end of what its place may run to: the array's end if the place ends in an index
     * (which has been checked), its own end otherwise; an IndexOutOfBoundsException in Java.
     */
    record WithinPlace(Length length, Place place) implements RangeCheck {
        @Override
        public List<Value> parts() {
            return List.of();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.withinPlace(this);
        }
    }

    /** {@code bits < width of type}; an IllegalArgumentException in Java. */
    record ShiftCount(Value bits, ScalarType type) implements RangeCheck {
        @Override
        public List<Value> parts() {
            return List.of(bits);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.shiftCount(this);
        }
    }

    /**
     * Memory that is written before a place is looked at has no byte in common with the place, or is the place; an
     * IllegalArgumentException in Java.
     *
     * @param mayBeSame whether it may be the place: what the place holds then is known
     */
    record Apart(Address written, Length length, Place place, boolean mayBeSame) implements RangeCheck {
        @Override
        public boolean namesPlaces() {
            return true;
        }

        @Override
        public List<Value> parts() {
            return List.of();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.apart(this);
        }
    }

    /** {@code divisor != 0}; an ArithmeticException in Java. */
    record Divisor(Value divisor) implements RangeCheck {
        @Override
        public List<Value> parts() {
            return List.of(divisor);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.divisor(this);
        }
    }
}
