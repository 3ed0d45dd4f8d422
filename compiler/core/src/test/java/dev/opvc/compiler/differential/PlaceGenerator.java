// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.differential.Names.Root;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Writes places. */
final class PlaceGenerator {
    private static final int ATTEMPTS = 6;
    private static final int HOPS_MAX = 3;
    private static final List<ScalarType> INDEX_TYPES = List.of(
            ScalarType.U8,
            ScalarType.U16,
            ScalarType.U32,
            ScalarType.U64,
            ScalarType.I32,
            ScalarType.I8,
            ScalarType.UPTR);

    /** What a place is written for. */
    enum Use {
        /** To compute with what it holds. */
        VALUE,
        /** To copy from it. */
        COPY,
        /** To store into it, or to take its address. */
        TARGET
    }

    /**
     * A place as it is written.
     *
     * @param room bytes from its address to its end, or to that of its array, where pointers have 4 bytes: the fewest
     * @param pointer whether it is all that a pointer points at, of which no end is known
     */
    record Place(String text, Type type, long room, boolean pointer) {}

    private final Choices choices;
    private final Style style;
    private final Names names;
    private final boolean mayRead;
    private final ExpressionGenerator expressions;

    PlaceGenerator(Choices choices, Style style, Names names, boolean mayRead, ExpressionGenerator expressions) {
        this.choices = choices;
        this.style = style;
        this.names = names;
        this.mayRead = mayRead;
        this.expressions = expressions;
    }

    Optional<Place> place(Type type, Use use) {
        return place(type::equals, use);
    }

    /** A place of a type that fits, if one was found. */
    Optional<Place> place(Predicate<Type> wanted, Use use) {
        return shaped(shape -> wanted.test(shape.type()), use);
    }

    /** An element of an array, to take its address, if one was found. */
    Optional<Place> element(Predicate<Type> wanted) {
        return shaped(shape -> shape.endsInIndex() && wanted.test(shape.type()), Use.TARGET);
    }

    private Optional<Place> shaped(Predicate<PlaceShape> wanted, Use use) {
        boolean inSlots = style.storesOnce() && !choices.chance(10);
        boolean follows = mayRead && !inSlots && (use != Use.VALUE || style.followsPointers());
        List<Root> roots = (inSlots ? names.slots() : names.roots())
                .stream()
                        .filter(root -> use != Use.VALUE || style.followsPointers() || !root.read())
                        .toList();
        for (int i = 0; i < ATTEMPTS && !roots.isEmpty(); i++) {
            Root root = choices.pick(roots);
            for (int hop = 0; hop < HOPS_MAX && follows && choices.chance(35); hop++) {
                root = behind(root);
            }
            List<PlaceShape> shapes = PlaceShape.reachedFrom(root.text(), root.target()).stream()
                    .filter(wanted)
                    .toList();
            if (!shapes.isEmpty()) {
                return Optional.of(filled(choices.pick(shapes)));
            }
        }
        return Optional.empty();
    }

    /** A pointer that lies behind another, or the same if none does. */
    private Root behind(Root root) {
        List<PlaceShape> pointers = PlaceShape.reachedFrom(root.text(), root.target()).stream()
                .filter(shape -> shape.type() instanceof PointerType)
                .toList();
        if (pointers.isEmpty()) {
            return root;
        }
        PlaceShape shape = choices.pick(pointers);
        String text = filled(shape).text();
        return new Root(text.startsWith("*") ? "(" + text + ")" : text, ((PointerType) shape.type()).target(), true);
    }

    private Place filled(PlaceShape shape) {
        String text = shape.text();
        long room = shape.type().size(Abi.ILP32);
        for (int i = 0; i < shape.holes().size(); i++) {
            ArrayType array = shape.holes().get(i);
            int constant = choices.chance(45) ? choices.below((int) array.length()) : -1;
            Optional<String> index = constant >= 0 ? Optional.empty() : index(array, text);
            text = text.replaceFirst("\\[#]", "[" + index.orElse(String.valueOf(Math.max(constant, 0))) + "]");
            if (shape.endsInIndex() && i == shape.holes().size() - 1) {
                long most = index.isPresent() ? array.length() : array.length() - Math.max(constant, 0);
                long elements = array.sized() && choices.chance(60) ? 1 : most;
                room = elements * array.element().size(Abi.ILP32);
            }
        }
        boolean pointer = text.startsWith("*") && names.slots().stream().noneMatch(isTargetOf(text));
        return new Place(text, shape.type(), room, pointer);
    }

    private static Predicate<Root> isTargetOf(String text) {
        return slot -> text.equals("*" + slot.text());
    }

    /** An index that is not known when it is compiled; most are in range. */
    private Optional<String> index(ArrayType array, String text) {
        ScalarType type = choices.pick(INDEX_TYPES);
        Written index = expressions.withinIndex().expression(type, 1);
        if (index.isKnown()) {
            return Optional.empty();
        }
        if (array.sized() && choices.chance(85)) {
            String length = "length(" + text.substring(0, text.indexOf(PlaceShape.HOLE)) + ")";
            return Optional.of("u32(" + index.text() + ") % " + length);
        }
        return Optional.of(choices.chance(85) ? index.text() + " % " + array.length() : index.text());
    }
}
