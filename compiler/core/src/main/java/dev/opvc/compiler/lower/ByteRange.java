// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Place.FieldSelector;
import dev.opvc.compiler.model.Place.IndexSelector;
import dev.opvc.compiler.model.Value.IntegerValue;

/** Bytes from an offset behind a pointer; {@code end} is exclusive. */
record ByteRange(long start, long end) {

    /** Whether the offset of a place behind its pointer is known when it is compiled. */
    static boolean isKnown(Place place) {
        return place.selectors().stream()
                .allMatch(selector ->
                        !(selector instanceof IndexSelector index) || index.index() instanceof Expr.Constant);
    }

    /** A number of bytes from where a place begins. */
    static ByteRange of(Place place, long length, Abi abi) {
        long start = 0;
        for (Place.Selector selector : place.selectors()) {
            start += selector instanceof FieldSelector field
                    ? field.struct().offset(field.field(), abi)
                    : offset((IndexSelector) selector, abi);
        }
        return new ByteRange(start, start + length);
    }

    private static long offset(IndexSelector selector, Abi abi) {
        IntegerValue index = (IntegerValue) ((Expr.Constant) selector.index()).value();
        return index.on(abi).longValueExact() * selector.array().element().size(abi);
    }

    boolean isApartFrom(ByteRange other) {
        return end <= other.start || other.end <= start || start == end || other.start == other.end;
    }

    boolean contains(ByteRange other) {
        return start <= other.start && other.end <= end;
    }
}
