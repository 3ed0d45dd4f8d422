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
        inputs.slots().forEach((instance, image) -> new Pointer(slot(instance)).write(0, image, 0, image.length));
        Answer answer = call(unit, inputs);
        Map<Instance, byte[]> slots = new LinkedHashMap<>();
        inputs.slots()
                .forEach((instance, image) ->
                        slots.put(instance, new Pointer(slot(instance)).getByteArray(0, image.length)));
        return new Observation(answer.ending(), answer.results(), arena.content(), slots);
    }

    @Override
    public final String toString() {
        return name;
    }
}
