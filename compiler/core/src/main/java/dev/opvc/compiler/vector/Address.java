// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import java.util.List;

/** Where an operation finds or puts bytes. */
public sealed interface Address {
    /** What leads to it, from left to right; nothing leads to memory of the caller. */
    List<Value> parts();

    /** Whether it may lead to memory that is not accessible. A slot, and memory of the unit's own, always is. */
    boolean mayFault();

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

        R ofCell(OfCell address);

        R ofCopy(OfCopy address);

        R ofInitial(OfInitial address);
    }

    /** The value of a pointer. */
    record OfPointer(Value pointer) implements Address {
        @Override
        public List<Value> parts() {
            return List.of(pointer);
        }

        @Override
        public boolean mayFault() {
            return true;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ofPointer(this);
        }
    }

    /** {@code &place}. */
    record OfPlace(Place place) implements Address {
        @Override
        public List<Value> parts() {
            return place.parts();
        }

        @Override
        public boolean mayFault() {
            return !place.isInSlot();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ofPlace(this);
        }
    }

    /**
     * Memory of the caller that holds a value while the vector runs: a constant that is stored, or {@code &parameter}.
     * Cells are numbered within their path; operations that name the same parameter's cell share it.
     *
     * @param number from 0
     * @param value what it holds at the start, of the type whose width the cell has
     */
    record OfCell(int number, Value value) implements Address {
        @Override
        public List<Value> parts() {
            return List.of();
        }

        @Override
        public boolean mayFault() {
            return false;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ofCell(this);
        }
    }

    /**
     * Memory of the caller to which a query's operation copies neighbouring places of a slot; it lies as they do there.
     *
     * @param number from 0, within the query
     * @param places in the order in which they lie, without anything between them
     */
    record OfCopy(int number, List<Place> places) implements Address {
        public OfCopy {
            places = List.copyOf(places);
        }

        @Override
        public List<Value> parts() {
            return List.of();
        }

        @Override
        public boolean mayFault() {
            return false;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ofCopy(this);
        }
    }

    /**
     * Memory of the caller that holds what neighbouring places begin with, and lies as they do.
     *
     * @param places in the order in which they lie, without anything between them; in a transaction it is one
     */
    record OfInitial(List<Place> places) implements Address {
        public OfInitial {
            places = List.copyOf(places);
        }

        @Override
        public List<Value> parts() {
            return List.of();
        }

        @Override
        public boolean mayFault() {
            return false;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ofInitial(this);
        }
    }
}
