// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import java.util.List;
import java.util.Map;

/**
 * What memory holds, and the calls that are made on it, one after the other.
 *
 * @param arena the memory that pointers lead to
 * @param slots each instance's slots, of all CPUs
 */
record Inputs(Image arena, Map<Slot, Image> slots, List<Call> calls) {
    /** The same with the first of its calls only. */
    Inputs first(int count) {
        return new Inputs(arena, slots, calls.subList(0, count));
    }
}
