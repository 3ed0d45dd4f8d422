// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.ScalarType;

/** What must hold of values that are known only at run time. If it does not, that is a range error. */
public sealed interface RangeCheck {
    /** {@code 0 <= index < length}; an IndexOutOfBoundsException in Java. */
    record Index(Expr index, long length) implements RangeCheck {}

    /** {@code parameter <= parameter.max()}; an IllegalArgumentException in Java. */
    record WithinMax(Parameter parameter) implements RangeCheck {}

    /**
     * A length does not reach past the end of what its place may run to: the array's end if the place ends in an index
     * (which has been checked), its own end otherwise; an IndexOutOfBoundsException in Java.
     */
    record WithinPlace(Length length, Place place) implements RangeCheck {}

    /** {@code bits < width of type}; an IllegalArgumentException in Java. */
    record ShiftCount(Expr bits, ScalarType type) implements RangeCheck {}

    /**
     * Memory that is written before a place is looked at has no byte in common with the place, or is the place; an
     * IllegalArgumentException in Java.
     *
     * @param mayBeSame whether it may be the place: what the place holds then is known
     */
    record Apart(Address written, Length length, Place place, boolean mayBeSame) implements RangeCheck {}

    /** {@code divisor != 0}; an ArithmeticException in Java. */
    record Divisor(Expr divisor) implements RangeCheck {}
}
