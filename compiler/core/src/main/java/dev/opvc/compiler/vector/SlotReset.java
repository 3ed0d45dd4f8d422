// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Type;
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
        Operand src = new Operand("src", new Address.OfInitial(copy.number(), copy.places()), false);
        return new SlotReset(new Operation.Copy(dst, src, read.length(), Role.WRITE, read.span()));
    }

    /** What is set back, in the order in which it lies. */
    public List<Place> places() {
        return ((Address.OfInitial) operation.src().address()).places();
    }

    /** What a place of a slot begins with, or, if it is an array, each of its elements. */
    public static Value.Constant initial(Place place) {
        boolean isField = place.selectors().size() == 1;
        if (isField
                && place.selectors().get(0) instanceof Place.FieldSelector selector
                && selector.field().initial() != null) {
            return Value.Constant.of(selector.field().initial());
        }
        return Value.Constant.zero(scalar(place.type()));
    }

    private static Type scalar(Type type) {
        return type instanceof ArrayType array ? scalar(array.element()) : type;
    }
}
