// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

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
}
