// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Value;
import java.util.List;

/**
 * An operation behind the guards, with what is known of the value that it leaves.
 *
 * @param operation the operation; its first operand is where it writes
 * @param effect what it leaves there
 */
record Write(Operation operation, Effect effect) {
    /** What a write leaves where it writes. */
    sealed interface Effect {}

    /** A value that preparation found. */
    record Stored(Value value) implements Effect {}

    /** What another place held when the write's turn came. */
    record CopyOf(Place source) implements Effect {}

    /** What each place in it begins with. */
    record Initial() implements Effect {}

    /** The old value and another, combined. */
    record Updated(BinaryOperator operator, Value value, ScalarType type) implements Effect {
        /** The new value, where the old one is known. */
        Value combined(Value old) {
            Value before = old.type().equals(type) ? old : new Value.Conversion(old, type);
            return new Value.Binary(operator, before, value, type);
        }
    }

    /** As many bytes as the operation is long, of what an address held when the write's turn came. */
    record CopyOfBytes(Address source) implements Effect {}

    /** Nothing that a later read could know: a number of bytes that is not known, or none at all. */
    record Unknown() implements Effect {}

    /** Where it writes. A barrier writes nowhere. */
    Address address() {
        return operation.operands().get(0).address();
    }

    /**
     * Whether it may write just the bytes of a place, and what it leaves there is a value of the place's type, wherever
     * that lies: not so for a float that is looked at as an integer, nor for what depends on the fields on the way.
     */
    boolean canBe(Place place) {
        if (operation.length() instanceof Length.OfParameter || !isAsLongAs(place.type())) {
            return false;
        }
        if (effect instanceof Stored stored) {
            return haveSameBytes(stored.value().type(), place.type());
        }
        return effect instanceof Updated updated
                ? haveSameBytes(updated.type(), place.type())
                : !(effect instanceof Unknown) && !(effect instanceof Initial);
    }

    private boolean isAsLongAs(Type type) {
        boolean same = true;
        for (Abi abi : Abi.values()) {
            same &= operation.length().max(abi) == type.size(abi);
        }
        return same;
    }

    private static boolean haveSameBytes(Type a, Type b) {
        return a.equals(b) || BitwiseCopy.keepsBytes(a, b);
    }

    /** What was copied, looked at as a place is. */
    Place source(Place place) {
        Address source =
                effect instanceof CopyOf copy ? new Address.OfPlace(copy.source()) : ((CopyOfBytes) effect).source();
        if (source instanceof Address.OfPlace of) {
            return new Place(of.place().pointer(), of.place().selectors(), place.type());
        }
        Value pointer = ((Address.OfPointer) source).pointer();
        Type type = new PointerType(place.type());
        Value typed = pointer.type().equals(type) ? pointer : new Value.Conversion(pointer, type);
        return new Place(typed, List.of(), place.type());
    }
}
