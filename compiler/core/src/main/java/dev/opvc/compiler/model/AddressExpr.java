// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import java.util.List;

/** Where memcpy or an operation of a raw vector finds or puts bytes. */
public sealed interface AddressExpr {
    /** What leads to it, from left to right; nothing leads to memory of the caller. */
    List<Expr> parts();

    /** Dispatches on the kind of address. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of address.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R ofPointer(OfPointer address);

        R ofPlace(OfPlace address);

        R ofParameter(OfParameter address);
    }

    /** The value of a pointer. */
    record OfPointer(Expr pointer) implements AddressExpr {
        @Override
        public List<Expr> parts() {
            return List.of(pointer);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ofPointer(this);
        }
    }

    /** {@code &place}. */
    record OfPlace(PlaceExpr place) implements AddressExpr {
        @Override
        public List<Expr> parts() {
            return place.parts();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ofPlace(this);
        }
    }

    /** {@code &parameter}, in raw vectors: memory of the caller that holds the parameter while the vector runs. */
    record OfParameter(Expr.ParameterValue value) implements AddressExpr {
        @Override
        public List<Expr> parts() {
            return List.of();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ofParameter(this);
        }
    }
}
