// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has a name at some point of a transaction. */
final class Names {
    /**
     * A parameter or binding.
     *
     * @param read whether it was read from memory
     */
    record Named(String name, Type type, boolean read) {}

    /**
     * A pointer that places begin at.
     *
     * @param read whether it was read from memory
     */
    record Root(String text, Type target, boolean read) {}

    /** A length: a parameter with a {@code max}. */
    record Length(String name, int max) {}

    private final List<Named> values = new ArrayList<>();
    private final List<Root> slots = new ArrayList<>();
    private final List<Length> lengths = new ArrayList<>();

    /** The names of a block within another: more of them end with it. */
    Names inner() {
        Names inner = new Names();
        inner.values.addAll(values);
        inner.slots.addAll(slots);
        inner.lengths.addAll(lengths);
        return inner;
    }

    void value(String name, Type type, boolean read) {
        values.add(new Named(name, type, read));
    }

    void slot(String name, StructType struct) {
        slots.add(new Root(name, struct, false));
        lengthOf(name, struct).ifPresent(length -> values.add(new Named(length, Parameter.LENGTH_TYPE, false)));
    }

    /** What tells how many elements the array has that is given its length when it is allocated. */
    static Optional<String> lengthOf(String slot, StructType struct) {
        return struct.tail().map(tail -> "length(" + slot + "->" + tail.name() + ")");
    }

    void length(String name, int max, Type type) {
        lengths.add(new Length(name, max));
        values.add(new Named(name, type, false));
    }

    List<Named> values() {
        return values;
    }

    List<Root> slots() {
        return slots;
    }

    List<Length> lengths() {
        return lengths;
    }

    List<String> ofType(Type type) {
        return values.stream()
                .filter(each -> each.type().equals(type))
                .map(Named::name)
                .toList();
    }

    List<Named> pointers() {
        return values.stream()
                .filter(each -> each.type() instanceof PointerType)
                .toList();
    }

    /** Slots, and values that are pointers. */
    List<Root> roots() {
        List<Root> roots = new ArrayList<>(slots);
        for (Named each : pointers()) {
            roots.add(new Root(each.name(), ((PointerType) each.type()).target(), each.read()));
        }
        return roots;
    }
}
