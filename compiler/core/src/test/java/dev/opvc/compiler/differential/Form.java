// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import com.sun.jna.Pointer;
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

    /** Makes a call. */
    abstract Answer call(Call call);

    /** Where a slot lies. */
    abstract long address(Slot slot);

    /** Fills memory, makes the calls, and looks at what is left. */
    final Observation observe(Inputs inputs) {
        arena.fill(inputs.arena());
        inputs.slots().forEach((slot, image) -> write(address(slot), image));
        List<Answer> answers = inputs.calls().stream().map(this::call).toList();
        Map<Slot, Image> slots = new LinkedHashMap<>();
        inputs.slots().forEach((slot, image) -> slots.put(slot, read(address(slot), image.size())));
        return new Observation(answers, arena.content(), slots);
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
