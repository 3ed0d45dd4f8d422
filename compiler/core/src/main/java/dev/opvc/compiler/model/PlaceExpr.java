// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Memory that can be read and stored into: what a pointer points at, and from there into fields and elements.
 *
 * @param pointer the address where it begins
 * @param selectors the way from there, outermost first
 * @param type the type of what lies there
 * @param origin where it is written
 */
public record PlaceExpr(Expr pointer, List<Selector> selectors, Type type, Origin origin) {
    public PlaceExpr {
        selectors = List.copyOf(selectors);
    }

    /** One step into a struct or an array. */
    public sealed interface Selector {
        /** Dispatches on the kind of selector. */
        <R> R match(SelectorCases<R> cases);
    }

    /**
     * What is done with each kind of selector.
     *
     * @param <R> what comes of it
     */
    public interface SelectorCases<R> {
        R field(FieldSelector field);

        R index(IndexSelector index);
    }

    /** {@code .field}. */
    public record FieldSelector(StructType struct, Field field) implements Selector {
        @Override
        public <R> R match(SelectorCases<R> cases) {
            return cases.field(this);
        }
    }

    /** {@code [index]}; the index is of an integer type. */
    public record IndexSelector(Expr index, ArrayType array) implements Selector {
        @Override
        public <R> R match(SelectorCases<R> cases) {
            return cases.index(this);
        }
    }

    /** What a pointer points at. */
    public static PlaceExpr target(Expr pointer, Origin origin) {
        return new PlaceExpr(pointer, List.of(), ((PointerType) pointer.type()).target(), origin);
    }

    /** A field of what lies here. */
    public PlaceExpr field(StructType struct, Field field, Origin written) {
        return with(new FieldSelector(struct, field), field.type(), written);
    }

    /** An element of the array that lies here. */
    public PlaceExpr element(Expr index, ArrayType array, Origin written) {
        return with(new IndexSelector(index, array), array.element(), written);
    }

    /** What leads to it: its pointer, and its indices. */
    public List<Expr> parts() {
        List<Expr> parts = new ArrayList<>(List.of(pointer));
        for (Selector selector : selectors) {
            if (selector instanceof IndexSelector index) {
                parts.add(index.index());
            }
        }
        return parts;
    }

    /** Whether it lies in a slot: that is always accessible, and aligned. */
    public boolean isInSlot() {
        return pointer instanceof Expr.ParameterValue value && value.parameter().perCpu();
    }

    /** Whether its offset behind its pointer is known when it is compiled. */
    public boolean hasKnownOffset() {
        return selectors.stream()
                .allMatch(selector ->
                        !(selector instanceof IndexSelector index) || index.index() instanceof Expr.Constant);
    }

    /** What it holds before anything has been stored there. */
    public InitialValue initialValue() {
        InitialValue value = InitialValue.of(((PointerType) pointer.type()).target());
        for (Selector selector : selectors) {
            value = selector instanceof FieldSelector field
                    ? ((InitialValue.OfStruct) value).field(field.field())
                    : ((InitialValue.OfArray) value).element();
        }
        return value;
    }

    /** The name of the last field on the way to it; empty if there is none. */
    public Optional<String> lastField() {
        for (int i = selectors.size() - 1; i >= 0; i--) {
            if (selectors.get(i) instanceof FieldSelector field) {
                return Optional.of(field.field().name());
            }
        }
        return Optional.empty();
    }

    private PlaceExpr with(Selector selector, Type selected, Origin written) {
        List<Selector> more = new ArrayList<>(selectors);
        more.add(selector);
        return new PlaceExpr(pointer, more, selected, written);
    }
}
