// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Abi;
import java.util.List;

/**
 * One copy of neighbouring places of a slot to memory of the caller, where they lie as in the slot. That memory is
 * 8-aligned, and so is in it what is 8-aligned in the slot.
 *
 * @param operation copies to an {@link Address.OfCopy}
 */
public record SlotCopy(Operation.Copy operation) {
    private Address.OfCopy target() {
        return (Address.OfCopy) operation.dst().address();
    }

    /** From 0, within its query. */
    public int number() {
        return target().number();
    }

    /** What is copied, in the order in which it lies. */
    public List<Place> places() {
        return target().places();
    }

    /** The one of its places in which a place lies. */
    public Place around(Place place) {
        return places().stream().filter(place::isWithin).findFirst().orElseThrow();
    }

    /** Where one of the places lies within the copy, in bytes. */
    public long offset(Place place, Abi abi) {
        long offset = 0;
        for (Place each : places()) {
            if (each.equals(place)) {
                return offset;
            }
            offset += each.type().size(abi);
        }
        throw new IllegalArgumentException("not in this copy");
    }

    /** How many bytes are copied. */
    public long length(Abi abi) {
        return places().stream().mapToLong(place -> place.type().size(abi)).sum();
    }
}
