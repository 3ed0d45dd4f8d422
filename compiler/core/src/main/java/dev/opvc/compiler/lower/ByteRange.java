// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.Place;

/** Bytes from an offset behind a pointer; {@code end} is exclusive. */
record ByteRange(long start, long end) {

    /** A number of bytes from where a place begins, whose offset is known. */
    static ByteRange of(Place place, long length, Abi abi) {
        long start = place.offset(abi);
        return new ByteRange(start, start + length);
    }

    boolean isApartFrom(ByteRange other) {
        return end <= other.start || other.end <= start || start == end || other.start == other.end;
    }

    boolean contains(ByteRange other) {
        return start <= other.start && other.end <= end;
    }
}
