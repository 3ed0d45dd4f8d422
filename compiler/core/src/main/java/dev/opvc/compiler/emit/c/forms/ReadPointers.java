// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells addresses that lead through a pointer which the unit has read from those that the caller has passed: outside an
 * exclusion, what has been read may never have been, so that only the latter lead to memory that is there.
 */
final class ReadPointers {
    private final Map<Local, Value> bound = new HashMap<>();

    private ReadPointers() {}

    static ReadPointers of(VectorUnit unit) {
        ReadPointers pointers = new ReadPointers();
        pointers.add(unit.body());
        return pointers;
    }

    private void add(Block block) {
        for (Step step : block.steps()) {
            if (step instanceof Step.Bind bind) {
                bound.put(bind.local(), bind.value());
            }
        }
        if (block.end() instanceof Block.Choice choice) {
            add(choice.then());
            add(choice.otherwise());
        }
    }

    /** Whether an operation finds an operand through a pointer that was read. */
    boolean isFollowedBy(Operation operation) {
        return operation.operands().stream().anyMatch(operand -> lead(operand.address()));
    }

    /** Whether an address leads through a pointer that was read. */
    boolean lead(Address address) {
        return address.match(new Address.Cases<>() {
            @Override
            public Boolean ofPointer(Address.OfPointer pointer) {
                return isRead(pointer.pointer());
            }

            @Override
            public Boolean ofPlace(Address.OfPlace place) {
                return isRead(place.place().pointer());
            }

            @Override
            public Boolean ofCell(Address.OfCell cell) {
                return false;
            }

            @Override
            public Boolean ofCopy(Address.OfCopy copy) {
                return false;
            }

            @Override
            public Boolean ofInitial(Address.OfInitial initial) {
                return false;
            }
        });
    }

    private boolean isRead(Value value) {
        return value.contains(part -> part instanceof Value.OfPrepared
                || (part instanceof Value.OfLocal local
                        && bound.containsKey(local.local())
                        && isRead(bound.get(local.local()))));
    }

    /** What was read to be a place's pointer, if the pointer is nothing else. */
    Optional<Prepared> pointerOf(Place place) {
        Value pointer = place.pointer();
        while (pointer instanceof Value.OfLocal local && bound.containsKey(local.local())) {
            pointer = bound.get(local.local());
        }
        return pointer instanceof Value.OfPrepared value ? Optional.of(value.prepared()) : Optional.empty();
    }
}
