// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerCpuMemoryTest {
    private static final int ALIGNMENT = 128;

    @Test
    void slotsAreAlignedApartAndInitialised() {
        List<Long> initialised = new ArrayList<>();
        try (PerCpuMemory memory = PerCpuMemory.allocate(200, slot -> {
            assertThat(Memory.getLong(slot)).isZero();
            Memory.putLong(slot, 42);
            initialised.add(slot);
        })) {
            List<Long> slots = new ArrayList<>();
            for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
                if (Cpus.isPossible(cpu)) {
                    slots.add(memory.slot(cpu));
                    assertThat(memory.slot(cpu) % ALIGNMENT).isZero();
                    assertThat(Memory.getLong(memory.slot(cpu))).isEqualTo(42);
                }
            }
            assertThat(slots).doesNotHaveDuplicates();
            assertThat(initialised).hasSize(1).doesNotContainAnyElementsOf(slots);
        }
    }

    @Test
    void instancesDoNotOverlapAndRecycledOnesAreZeroed() {
        PerCpuMemory first = PerCpuMemory.allocate(1, slot -> Memory.putLong(slot, -1));
        try (PerCpuMemory second = PerCpuMemory.allocate(1, slot -> {})) {
            assertThat(Math.abs(first.slot(0) - second.slot(0))).isGreaterThanOrEqualTo(ALIGNMENT);
            assertThat(Memory.getLong(second.slot(0))).isZero();
            first.close();
            try (PerCpuMemory third = PerCpuMemory.allocate(1, slot -> {})) {
                assertThat(Memory.getLong(third.slot(0))).isZero();
            }
        }
    }

    @Test
    void closedMemoryIsRefusedEverywhere() {
        PerCpuMemory memory = PerCpuMemory.allocate(8, slot -> {});
        long slot = memory.slot(0);
        OpVector vector = OpVector.begin().within(memory).add(slot, 1, 8);
        assertThat(vector.execute(0)).isZero();
        memory.close();
        memory.close();
        assertThat(memory.isOpen()).isFalse();
        assertThatThrownBy(() -> memory.slot(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> memory.slotIn(CpuExclusion.region(0))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> vector.execute(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(Memory.getLong(slot)).isEqualTo(1);
    }

    /** Such a thread may find zero in every field that is not final. */
    @Test
    void aThreadThatGotTheInstanceByARaceFindsItOpen() throws ReflectiveOperationException {
        PerCpuMemory memory = PerCpuMemory.allocate(8, slot -> {});
        Field offset = PerCpuMemory.class.getDeclaredField("offset");
        offset.setAccessible(true);
        offset.setLong(memory, 0);
        long region = CpuExclusion.region(0);
        assertThat(memory.isOpen()).isTrue();
        assertThat(memory.slotIn(region)).isEqualTo(memory.slot(0));
        memory.close();
        assertThatThrownBy(() -> memory.slotIn(region)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> PerCpuMemory.allocate(0, slot -> {})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PerCpuMemory.allocate(Long.MAX_VALUE, slot -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        try (PerCpuMemory memory = PerCpuMemory.allocate(8, slot -> {})) {
            assertThatThrownBy(() -> memory.slot(Cpus.possible())).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> memory.slot(-1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anInitializerThatThrowsLeavesNothingBehind() {
        long[] refused = new long[1];
        assertThatThrownBy(() -> PerCpuMemory.allocate(5000, slot -> {
                    refused[0] = slot;
                    Memory.putLong(slot, 1);
                    throw new UnsupportedOperationException("mine");
                }))
                .hasMessage("mine");
        long[] next = new long[1];
        try (PerCpuMemory memory = PerCpuMemory.allocate(5000, slot -> next[0] = slot)) {
            assertThat(next).isEqualTo(refused);
            assertThat(Memory.getLong(memory.slot(0))).isZero();
        }
    }

    @Test
    void memoryOfUnreachableInstancesIsFoundBeforeThereIsNone() {
        // More than four times what there is.
        for (int i = 0; i < 2048; i++) {
            assertThat(PerCpuMemory.allocate(512 * 1024, slot -> {}).isOpen()).isTrue();
        }
    }

    @Test
    void closedMemoryServesAnySize() {
        List<PerCpuMemory> all = new ArrayList<>();
        int large = 1 << 20;
        try {
            while (all.size() < 512) {
                all.add(PerCpuMemory.allocate(large, slot -> {}));
            }
        } catch (OutOfMemoryError e) {
            assertThat(all).isNotEmpty();
        } finally {
            all.forEach(PerCpuMemory::close);
        }
        PerCpuMemory.allocate(128, slot -> {}).close();
        PerCpuMemory.allocate((long) large * (all.size() / 2), slot -> {}).close();
    }
}
