// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Type;

/** How many bytes an operation works on. */
public sealed interface Length {
    /** Dispatches on the kind of length. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of length.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R fixed(Fixed length);

        R ofType(OfType length);

        R ofParameter(OfParameter length);

        R computed(Computed length);
    }

    /** The largest that it can be. */
    long max(Abi abi);

    /** Whether it is always that large. */
    default boolean isKnown() {
        return true;
    }

    /** Known when it is compiled. */
    record Fixed(long lp64, long ilp32) implements Length {
        @Override
        public long max(Abi abi) {
            return abi == Abi.LP64 ? lp64 : ilp32;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.fixed(this);
        }
    }

    /** The size of a type. */
    record OfType(Type type) implements Length {
        @Override
        public long max(Abi abi) {
            return type.size(abi);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ofType(this);
        }
    }

    /** A parameter with a {@code max}. */
    record OfParameter(Parameter parameter) implements Length {
        @Override
        public long max(Abi abi) {
            return parameter.max().orElseThrow();
        }

        @Override
        public boolean isKnown() {
            return false;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ofParameter(this);
        }
    }

    /** A value that is computed when the unit runs, and its largest for each size of pointers. */
    record Computed(Value value, long lp64, long ilp32) implements Length {
        @Override
        public long max(Abi abi) {
            return abi == Abi.LP64 ? lp64 : ilp32;
        }

        @Override
        public boolean isKnown() {
            return false;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.computed(this);
        }
    }
}
