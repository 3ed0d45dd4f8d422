// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.differential.SimulatedMemory.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All memory that the interpreter works on: what pointers lead to, and the slots of all CPUs. */
final class World {
    /** Where slots lie, for the interpreter: nothing in a program can tell, and no number that is likely leads there. */
    private static final long SLOTS_START = 0x5EA7_1234_0000_0000L;

    private static final long SLOT_STRIDE = 1L << 20;

    private final Region arena;
    private final Map<Slot, Region> slots;
    private final SimulatedMemory memory;

    private World(Region arena, Map<Slot, Region> slots) {
        this.arena = arena;
        this.slots = slots;
        List<Region> regions = new ArrayList<>(List.of(arena));
        regions.addAll(slots.values());
        this.memory = new SimulatedMemory(regions);
    }

    static World of(Inputs inputs, long arenaStart) {
        Map<Slot, Region> slots = new LinkedHashMap<>();
        inputs.slots()
                .forEach((slot, image) -> slots.put(slot, new Region(SLOTS_START + slots.size() * SLOT_STRIDE, image)));
        return new World(new Region(arenaStart, inputs.arena()), slots);
    }

    /** One that holds the same, and changes by itself. */
    World copy() {
        Map<Slot, Region> copies = new LinkedHashMap<>();
        slots.forEach((slot, region) -> copies.put(slot, region.copy()));
        return new World(arena.copy(), copies);
    }

    SimulatedMemory memory() {
        return memory;
    }

    Region arena() {
        return arena;
    }

    Map<Slot, Region> slots() {
        return slots;
    }

    /** Where an instance's slot of a CPU lies. */
    long address(Instance instance, int cpu) {
        return Objects.requireNonNull(slots.get(new Slot(instance, cpu))).start();
    }
}
