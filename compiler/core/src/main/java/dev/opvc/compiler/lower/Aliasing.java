// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Place.FieldSelector;
import dev.opvc.compiler.model.Place.IndexSelector;
import dev.opvc.compiler.model.Place.Selector;
import dev.opvc.compiler.model.Value.IntegerValue;
import java.util.List;

/** How memory that is written lies to memory that is looked at. */
enum Aliasing {
    /** The same bytes, all of them. */
    SAME,
    /** No byte in common. */
    DISTINCT,
    /** Not known when it is compiled, or some bytes in common. */
    MAY_OVERLAP;

    /** How a number of bytes at an address lie to a place. */
    static Aliasing of(Address written, Length length, Place place) {
        if (written instanceof Address.OfCell) {
            return DISTINCT;
        }
        if (!(written instanceof Address.OfPlace ofPlace)) {
            return MAY_OVERLAP;
        }
        Place target = ofPlace.place();
        if (ofDifferentStructs(target.pointer(), place.pointer())) {
            return DISTINCT;
        }
        if (!target.pointer().equals(place.pointer())) {
            return MAY_OVERLAP;
        }
        List<Selector> reach = reach(target, length);
        if (distinct(reach, place.selectors())) {
            return DISTINCT;
        }
        boolean whole = reach == target.selectors() && covers(target, length);
        return whole && same(reach, place.selectors()) ? SAME : MAY_OVERLAP;
    }

    /** Slots of different per-CPU structs never overlap: each instance has memory of its own. */
    private static boolean ofDifferentStructs(Expr a, Expr b) {
        return a instanceof Expr.ParameterValue first
                && b instanceof Expr.ParameterValue second
                && first.parameter().perCpu()
                && second.parameter().perCpu()
                && first.parameter().struct() != second.parameter().struct();
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
        boolean covers = !(length instanceof Length.OfParameter);
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

    private static boolean same(List<Selector> a, List<Selector> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!a.get(i).equals(b.get(i)) && !areEqualIndices(a.get(i), b.get(i))) {
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
    private static boolean knownToDiffer(Expr a, Expr b) {
        boolean constant = a instanceof Expr.Constant && b instanceof Expr.Constant;
        boolean differ = constant;
        for (Abi abi : Abi.values()) {
            differ = differ && !number(a, abi).equals(number(b, abi));
        }
        return differ;
    }

    private static boolean constantsAreEqual(Expr a, Expr b) {
        boolean equal = a instanceof Expr.Constant && b instanceof Expr.Constant;
        for (Abi abi : Abi.values()) {
            equal = equal && number(a, abi).equals(number(b, abi));
        }
        return equal;
    }

    private static java.math.BigInteger number(Expr constant, Abi abi) {
        return ((IntegerValue) ((Expr.Constant) constant).value()).on(abi);
    }
}
