// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.InitialValue;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Memory that can be read and stored into: what a pointer points at, and from there into fields and elements.
 *
 * @param pointer the address where it begins
 * @param selectors the way from there, outermost first
 * @param type the type of what lies there
 */
public record Place(Value pointer, List<Selector> selectors, Type type) {
    public Place {
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
    public record IndexSelector(Value index, ArrayType array) implements Selector {
        @Override
        public <R> R match(SelectorCases<R> cases) {
            return cases.index(this);
        }
    }

    /** What a pointer points at. */
    public static Place target(Value pointer) {
        return new Place(pointer, List.of(), ((PointerType) pointer.type()).target());
    }

    /** A field of what lies here. */
    public Place field(StructType struct, Field field) {
        return with(new FieldSelector(struct, field), field.type());
    }

    /** An element of the array that lies here. */
    public Place element(Value index, ArrayType array) {
        return with(new IndexSelector(index, array), array.element());
    }

    /** Whether it is another place, or lies in it, by the same fields and indices. */
    public boolean isWithin(Place other) {
        int steps = other.selectors.size();
        return pointer.equals(other.pointer)
                && steps <= selectors.size()
                && selectors.subList(0, steps).equals(other.selectors);
    }

    /** What leads to it: its pointer, and its indices. */
    public List<Value> parts() {
        List<Value> parts = new ArrayList<>(List.of(pointer));
        for (Selector selector : selectors) {
            if (selector instanceof IndexSelector index) {
                parts.add(index.index());
            }
        }
        return parts;
    }

    /** Whether it lies in a slot: that is always accessible, and aligned. */
    public boolean isInSlot() {
        return pointer instanceof Value.OfParameter value && value.parameter().perCpu();
    }

    /** How many elements the array has that it is, if that was given when it was allocated. */
    public Optional<Value> givenLength() {
        return type instanceof ArrayType array && array.sized() ? Optional.of(givenLength(pointer)) : Optional.empty();
    }

    /** How many elements the array has of which it is one, if that was given when the array was allocated. */
    public Optional<Value> givenLengthAround() {
        return !selectors.isEmpty()
                        && selectors.get(selectors.size() - 1) instanceof IndexSelector index
                        && index.array().sized()
                ? Optional.of(givenLength(pointer))
                : Optional.empty();
    }

    /** How many elements an array has that was given its length when the slot was allocated in which it lies. */
    public static Value givenLength(Value slot) {
        return new Value.OfParameter(
                ((Value.OfParameter) slot).parameter().length().orElseThrow());
    }

    /** Whether its offset behind its pointer is known when it is compiled. */
    public boolean hasKnownOffset() {
        return selectors.stream()
                .allMatch(selector ->
                        !(selector instanceof IndexSelector index) || index.index() instanceof Value.Constant);
    }

    /** Its offset behind its pointer in bytes, where it is known. */
    public long offset(Abi abi) {
        long offset = 0;
        for (Selector selector : selectors) {
            offset += selector instanceof FieldSelector field
                    ? field.struct().offset(field.field(), abi)
                    : offset((IndexSelector) selector, abi);
        }
        return offset;
    }

    private static long offset(IndexSelector selector, Abi abi) {
        IntegerValue index = (IntegerValue) ((Value.Constant) selector.index()).value();
        return index.on(abi).longValueExact() * selector.array().element().size(abi);
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

    private Place with(Selector selector, Type selected) {
        List<Selector> more = new ArrayList<>(selectors);
        more.add(selector);
        return new Place(pointer, more, selected);
    }
}
