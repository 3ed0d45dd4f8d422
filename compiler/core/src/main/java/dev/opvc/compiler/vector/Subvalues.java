// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.vector.Place.IndexSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Walks values. */
public final class Subvalues {
    private static final Parts PARTS = new Parts();

    private Subvalues() {}

    // Loops instead of streams: long chains of operators are walked to their end by recursion.

    /** Whether a value, or one that it is made of, is so. What a local was computed from does not count. */
    public static boolean any(Value value, Predicate<Value> predicate) {
        if (predicate.test(value)) {
            return true;
        }
        for (Value part : of(value)) {
            if (any(part, predicate)) {
                return true;
            }
        }
        return false;
    }

    /** What a value is made of, from left to right. */
    public static List<Value> of(Value value) {
        return value.match(PARTS);
    }

    /** What leads to an address; nothing leads to memory of the caller. */
    public static List<Value> of(Address address) {
        return address.match(PARTS);
    }

    /** What leads to a place: its pointer, and its indices. */
    public static List<Value> of(Place place) {
        List<Value> parts = new ArrayList<>(List.of(place.pointer()));
        for (Place.Selector selector : place.selectors()) {
            if (selector instanceof IndexSelector index) {
                parts.add(index.index());
            }
        }
        return parts;
    }

    /** The values that a check asks about, places apart. */
    public static List<Value> of(RangeCheck check) {
        return check.match(new CheckedValues());
    }

    private static final class CheckedValues implements RangeCheck.Cases<List<Value>> {
        @Override
        public List<Value> index(RangeCheck.Index check) {
            return List.of(check.index());
        }

        @Override
        public List<Value> withinMax(RangeCheck.WithinMax check) {
            return List.of();
        }

        @Override
        public List<Value> withinPlace(RangeCheck.WithinPlace check) {
            return List.of();
        }

        @Override
        public List<Value> shiftCount(RangeCheck.ShiftCount check) {
            return List.of(check.bits());
        }

        @Override
        public List<Value> apart(RangeCheck.Apart check) {
            return List.of();
        }

        @Override
        public List<Value> divisor(RangeCheck.Divisor check) {
            return List.of(check.divisor());
        }
    }

    private static final class Parts implements Value.Cases<List<Value>>, Address.Cases<List<Value>> {
        @Override
        public List<Value> constant(Value.Constant constant) {
            return List.of();
        }

        @Override
        public List<Value> ofParameter(Value.OfParameter value) {
            return List.of();
        }

        @Override
        public List<Value> ofLocal(Value.OfLocal value) {
            return List.of();
        }

        @Override
        public List<Value> ofPrepared(Value.OfPrepared value) {
            return List.of();
        }

        @Override
        public List<Value> ofFolded(Value.OfFolded value) {
            return List.of();
        }

        @Override
        public List<Value> function(Value.Function function) {
            return function.arguments();
        }

        @Override
        public List<Value> unary(Value.Unary unary) {
            return List.of(unary.operand());
        }

        @Override
        public List<Value> binary(Value.Binary binary) {
            return List.of(binary.left(), binary.right());
        }

        @Override
        public List<Value> comparison(Value.Comparison comparison) {
            return List.of(comparison.left(), comparison.right());
        }

        @Override
        public List<Value> logical(Value.Logical logical) {
            return List.of(logical.left(), logical.right());
        }

        @Override
        public List<Value> select(Value.Select select) {
            return List.of(select.condition(), select.then(), select.otherwise());
        }

        @Override
        public List<Value> sameAddress(Value.SameAddress same) {
            List<Value> parts = new ArrayList<>(of(same.left()));
            parts.addAll(of(same.right()));
            return parts;
        }

        @Override
        public List<Value> conversion(Value.Conversion conversion) {
            return List.of(conversion.operand());
        }

        @Override
        public List<Value> ofPointer(Address.OfPointer address) {
            return List.of(address.pointer());
        }

        @Override
        public List<Value> ofPlace(Address.OfPlace address) {
            return of(address.place());
        }

        @Override
        public List<Value> ofCell(Address.OfCell address) {
            return List.of();
        }

        @Override
        public List<Value> ofCopy(Address.OfCopy address) {
            return List.of();
        }
    }
}
