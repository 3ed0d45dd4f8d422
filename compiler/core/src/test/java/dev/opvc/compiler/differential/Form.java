// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import com.sun.jna.Pointer;
import dev.opvc.compiler.model.UnitDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One of the forms that transactions are compiled into. */
abstract class Form {
    private final String name;
    private final Arena arena;

    Form(String name, Arena arena) {
        this.name = name;
        this.arena = arena;
    }

    /** What a call answered. */
    record Answer(Ending ending, List<Long> results) {}

    /** Calls a transaction. */
    abstract Answer call(UnitDefinition unit, Inputs inputs);

    /** Where an instance's slot lies. */
    abstract long slot(Instance instance);

    /** Fills memory, calls a transaction, and looks at what is left. */
    final Observation observe(UnitDefinition unit, Inputs inputs) {
        arena.fill(inputs.arena());
        inputs.slots().forEach((instance, image) -> write(slot(instance), image));
        Answer answer = call(unit, inputs);
        Map<Instance, Image> slots = new LinkedHashMap<>();
        inputs.slots().forEach((instance, image) -> slots.put(instance, read(slot(instance), image.size())));
        return new Observation(answer.ending(), answer.results(), arena.content(), slots);
    }

    private static void write(long address, Image image) {
        new Pointer(address).write(0, image.toBytes(), 0, image.size());
    }

    private static Image read(long address, int size) {
        return new Image(new Pointer(address).getByteArray(0, size));
    }

    @Override
    public final String toString() {
        return name;
    }
}
