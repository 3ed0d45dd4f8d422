// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import dev.opvc.runtime.OpVector;
import dev.opvc.runtime.PerCpuMemory;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Closes instances under the feet of threads that run vectors on them, and has their memory recycled at once. A vector
 * that outlived close() would be found in the next instance's slots.
 */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloseStressTest {
    private static final int WRITERS = 7;
    private static final int SLOT_BYTES = 64;
    private static final long MILLIS = 1500;
    private static final int INSTANCES_LEAST = 3;

    @Test
    void nothingRunsOnAnInstanceAfterClose() throws Exception {
        AtomicReference<PerCpuMemory> current = new AtomicReference<>(PerCpuMemory.allocate(SLOT_BYTES, slot -> {}));
        AtomicLong refused = new AtomicLong();
        AtomicLong done = new AtomicLong();
        AtomicInteger instances = new AtomicInteger();
        // However the scheduler treats it, the race must have been run: the time is the least, and so are these.
        AtomicBoolean raced = new AtomicBoolean();
        Crew.run(Executors.newFixedThreadPool(WRITERS + 1), WRITERS + 1, MILLIS, (index, goOn) -> {
            if (index == 0) {
                try {
                    BooleanSupplier enough =
                            () -> instances.get() >= INSTANCES_LEAST && done.get() > 0 && refused.get() > 0;
                    replace(current, () -> goOn.getAsBoolean() || !enough.getAsBoolean(), instances);
                } finally {
                    raced.set(true);
                }
            } else {
                write(current, () -> !raced.get(), done, refused);
            }
        });
        current.get().close();
        assertThat(instances.get()).isGreaterThanOrEqualTo(INSTANCES_LEAST);
        assertThat(refused.get()).as("vectors that met a closed instance").isPositive();
    }

    private static void replace(AtomicReference<PerCpuMemory> current, BooleanSupplier goOn, AtomicInteger instances) {
        while (goOn.getAsBoolean()) {
            PerCpuMemory old = current.get();
            old.close();
            // Same size, so this takes the very memory that was just given back.
            try (PerCpuMemory probe = PerCpuMemory.allocate(SLOT_BYTES, slot -> {})) {
                for (int round = 0; round < 200; round++) {
                    for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
                        if (Memory.getLong(probe.slot(cpu)) != 0) {
                            throw new AssertionError("a vector ran on CPU " + cpu + " after close()");
                        }
                    }
                    Thread.onSpinWait();
                }
            }
            current.set(PerCpuMemory.allocate(SLOT_BYTES, slot -> {}));
            instances.incrementAndGet();
        }
    }

    private static void write(
            AtomicReference<PerCpuMemory> current, BooleanSupplier goOn, AtomicLong done, AtomicLong refused) {
        while (goOn.getAsBoolean()) {
            PerCpuMemory memory = current.get();
            int cpu = Cpus.current();
            try {
                long slot = memory.slot(cpu);
                OpVector.begin()
                        .within(memory)
                        .add(slot, 1, 8)
                        .add(slot + 8, 1, 8)
                        .execute(cpu);
                done.incrementAndGet();
            } catch (IllegalStateException e) {
                refused.incrementAndGet();
            }
        }
    }
}
