// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import java.util.List;

/** Where an operation finds or puts bytes. */
public sealed interface Address {
    /** The value of a pointer. */
    record OfPointer(Expr pointer) implements Address {}

    /** {@code &place}. */
    record OfPlace(Place place) implements Address {}

    /**
     * Memory of the caller that holds a value while the vector runs: a constant that is stored, or {@code &parameter}.
     * Cells are numbered within their path; operations that name the same parameter's cell share it.
     *
     * @param number from 0
     * @param value what it holds at the start, of the type whose width the cell has
     */
    record OfCell(int number, Expr value) implements Address {}

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
    }
}
