// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.vector.Operation.Operand;
import java.util.List;

/**
 * One store of initial values to the neighbouring places of a slot that a {@link SlotCopy} has copied, from memory in
 * which they lie as in that copy.
 *
 * @param operation copies from an {@link Address.OfInitial}
 */
public record SlotReset(Operation.Copy operation) {
    /** One for each copy. */
    public static List<SlotReset> after(List<SlotCopy> copies) {
        return copies.stream().map(SlotReset::after).toList();
    }

    private static SlotReset after(SlotCopy copy) {
        Operation.Copy read = copy.operation();
        Operand dst = new Operand("dst", read.src().address(), false);
        Operand src = new Operand("src", new Address.OfInitial(copy.places()), false);
        return new SlotReset(new Operation.Copy(dst, src, read.length(), Role.WRITE, read.span()));
    }

    /** What is set back, in the order in which it lies. */
    public List<Place> places() {
        return ((Address.OfInitial) operation.src().address()).places();
    }
}
