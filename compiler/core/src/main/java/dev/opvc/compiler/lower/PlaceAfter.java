// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.vector.Place;

/**
 * A place at a moment of a path.
 *
 * @param writes how many of the path's writes have been done by then
 */
record PlaceAfter(Place place, int writes) {

    /** The place before the last of these writes. */
    PlaceAfter before() {
        return new PlaceAfter(place, writes - 1);
    }
}
