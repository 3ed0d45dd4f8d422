// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Place.FieldSelector;
import dev.opvc.compiler.vector.Place.IndexSelector;
import dev.opvc.compiler.vector.Place.Selector;
import dev.opvc.compiler.vector.Value;
import java.util.List;

/** How a place that is looked at lies to memory that is written. */
enum Aliasing {
    /** The same bytes, all of them. */
    SAME,
    /** Some of the bytes that are written, and no others. */
    WITHIN,
    /** No byte in common. */
    DISTINCT,
    /** Some of the bytes that are written, and others. */
    PARTLY,
    /** Not known when it is compiled. */
    UNKNOWN;

    /** How a place lies to a number of bytes at an address. */
    static Aliasing of(Address written, Length length, Place place) {
        if (written instanceof Address.OfCell) {
            return DISTINCT;
        }
        Place target = target(written);
        if (ofDifferentStructs(target.pointer(), place.pointer())) {
            return DISTINCT;
        }
        if (!target.pointer().equals(place.pointer())) {
            return UNKNOWN;
        }
        return target.hasKnownOffset() && place.hasKnownOffset()
                ? ofBytes(target, length, place)
                : ofSelectors(target, length, place);
    }

    /** A pointer alone is the place where it points; the length says how far it reaches. */
    private static Place target(Address written) {
        return written instanceof Address.OfPlace ofPlace
                ? ofPlace.place()
                : Place.target(((Address.OfPointer) written).pointer());
    }

    /** Slots of different per-CPU structs never overlap: each instance has memory of its own. */
    private static boolean ofDifferentStructs(Value a, Value b) {
        return a instanceof Value.OfParameter first
                && b instanceof Value.OfParameter second
                && first.parameter().perCpu()
                && second.parameter().perCpu()
                && first.parameter().struct() != second.parameter().struct();
    }

    /** From one pointer at offsets that are known. What holds must hold for each size of pointers. */
    private static Aliasing ofBytes(Place target, Length length, Place place) {
        boolean apart = true;
        boolean same = true;
        boolean within = true;
        boolean together = true;
        for (Abi abi : Abi.values()) {
            ByteRange first = ByteRange.of(target, length.max(abi), abi);
            ByteRange second = ByteRange.of(place, place.type().size(abi), abi);
            apart &= first.isApartFrom(second);
            same &= first.equals(second);
            within &= first.contains(second);
            together &= !first.isApartFrom(second);
        }
        if (apart) {
            return DISTINCT;
        }
        if (!length.isKnown()) {
            return UNKNOWN;
        }
        if (same) {
            return SAME;
        }
        if (within) {
            return WITHIN;
        }
        return together ? PARTLY : UNKNOWN;
    }

    /** From one pointer by indices of which some are not known. */
    private static Aliasing ofSelectors(Place target, Length length, Place place) {
        List<Selector> reach = reach(target, length);
        if (distinct(reach, reach(place))) {
            return DISTINCT;
        }
        boolean whole = reach == target.selectors() && covers(target, length);
        if (!whole || !begins(place.selectors(), reach)) {
            return UNKNOWN;
        }
        return reach.size() == place.selectors().size() ? SAME : WITHIN;
    }

    /** The innermost place that holds all that is looked at: bytes that were copied from an element may run on likewise. */
    private static List<Selector> reach(Place place) {
        int last = place.selectors().size() - 1;
        return last >= 0 && place.selectors().get(last) instanceof IndexSelector index
                ? reach(
                        new Place(
                                place.pointer(),
                                place.selectors(),
                                index.array().element()),
                        new Length.OfType(place.type()))
                : place.selectors();
    }

    /** The innermost place that holds all that is written: a copy into an element may run into those behind it. */
    private static List<Selector> reach(Place target, Length length) {
        boolean within = true;
        for (Abi abi : Abi.values()) {
            within &= length.max(abi) <= target.type().size(abi);
        }
        int depth = target.selectors().size();
        return within || depth == 0 ? target.selectors() : target.selectors().subList(0, depth - 1);
    }

    private static boolean covers(Place target, Length length) {
        boolean covers = length.isKnown();
        for (Abi abi : Abi.values()) {
            covers &= length.max(abi) == target.type().size(abi);
        }
        return covers;
    }

    /**
     * Two ways from one address lead to disjoint memory if they part at a field, or at indices known to differ. At
     * indices that are not known they part, or go on alike.
     */
    private static boolean distinct(List<Selector> a, List<Selector> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            if (a.get(i) instanceof FieldSelector first && b.get(i) instanceof FieldSelector second) {
                if (first.field() != second.field()) {
                    return true;
                }
            } else if (a.get(i) instanceof IndexSelector first && b.get(i) instanceof IndexSelector second) {
                if (knownToDiffer(first.index(), second.index())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean begins(List<Selector> way, List<Selector> beginning) {
        if (beginning.size() > way.size()) {
            return false;
        }
        for (int i = 0; i < beginning.size(); i++) {
            if (!way.get(i).equals(beginning.get(i)) && !areEqualIndices(way.get(i), beginning.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean areEqualIndices(Selector a, Selector b) {
        return a instanceof IndexSelector first
                && b instanceof IndexSelector second
                && constantsAreEqual(first.index(), second.index());
    }

    /** Constants are compared by value, for each size of pointers: one index may be written in several types. */
    private static boolean knownToDiffer(Value a, Value b) {
        boolean constant = a instanceof Value.Constant && b instanceof Value.Constant;
        boolean differ = constant;
        for (Abi abi : Abi.values()) {
            differ = differ && !number(a, abi).equals(number(b, abi));
        }
        return differ;
    }

    private static boolean constantsAreEqual(Value a, Value b) {
        boolean equal = a instanceof Value.Constant && b instanceof Value.Constant;
        for (Abi abi : Abi.values()) {
            equal = equal && number(a, abi).equals(number(b, abi));
        }
        return equal;
    }

    private static java.math.BigInteger number(Value constant, Abi abi) {
        return ((IntegerValue) ((Value.Constant) constant).value()).on(abi);
    }
}
