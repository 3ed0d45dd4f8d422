// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory that can be read and stored into: what a pointer points at, and from there into fields and elements.
 *
 * @param pointer the address where it begins
 * @param selectors the way from there, outermost first
 * @param type the type of what lies there
 */
public record Place(Expr pointer, List<Selector> selectors, Type type) {
    public Place {
        selectors = List.copyOf(selectors);
    }

    /** One step into a struct or an array. */
    public sealed interface Selector {}

    /** {@code .field}. */
    public record FieldSelector(StructType struct, Field field) implements Selector {}

    /** {@code [index]}; the index is of an integer type. */
    public record IndexSelector(Expr index, ArrayType array) implements Selector {}

    /** What a pointer points at. */
    public static Place target(Expr pointer) {
        return new Place(pointer, List.of(), ((PointerType) pointer.type()).target());
    }

    /** A field of what lies here. */
    public Place field(StructType struct, Field field) {
        return with(new FieldSelector(struct, field), field.type());
    }

    /** An element of the array that lies here. */
    public Place element(Expr index, ArrayType array) {
        return with(new IndexSelector(index, array), array.element());
    }

    /** Whether it is another place, or lies in it, by the same fields and indices. */
    public boolean isWithin(Place other) {
        int steps = other.selectors.size();
        return pointer.equals(other.pointer)
                && steps <= selectors.size()
                && selectors.subList(0, steps).equals(other.selectors);
    }

    private Place with(Selector selector, Type selected) {
        List<Selector> more = new ArrayList<>(selectors);
        more.add(selector);
        return new Place(pointer, more, selected);
    }
}
