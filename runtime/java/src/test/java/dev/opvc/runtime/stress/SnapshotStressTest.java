// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.runtime.CpuExclusion;
import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import dev.opvc.runtime.OpVector;
import dev.opvc.runtime.PerCpuMemory;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads without the word while others write: what is said to be of one moment is never torn, and some is said to be. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SnapshotStressTest {
    private static final int WRITERS = 4;
    private static final int READERS = 2;
    private static final int WORDS = 20;
    private static final long MILLIS = 2000;

    /** Turns without the word after each transaction: a writer that is preempted holds it only now and then. */
    private static final int PAUSES = 100;

    @Test
    void snapshotsAreWhole() throws Exception {
        AtomicLong whole = new AtomicLong();
        AtomicLong written = new AtomicLong();
        try (PerCpuMemory memory = PerCpuMemory.allocate(WORDS * Long.BYTES, slot -> {})) {
            // On a busy machine a holder may be preempted on each CPU whenever a reader runs: then another round.
            do {
                Crew.run(Executors.newFixedThreadPool(WRITERS + READERS), WRITERS + READERS, MILLIS, (index, goOn) -> {
                    if (index < WRITERS) {
                        written.addAndGet(write(memory, goOn));
                    } else {
                        whole.addAndGet(read(memory, goOn));
                    }
                });
            } while (whole.get() == 0);
            long total = 0;
            for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
                total += Memory.getLong(memory.slot(cpu));
            }
            assertThat(total).isEqualTo(written.get()).isPositive();
        }
    }

    private static long write(PerCpuMemory memory, BooleanSupplier goOn) {
        long done = 0;
        while (goOn.getAsBoolean()) {
            long region = CpuExclusion.enter(CpuExclusion.CURRENT);
            try {
                long slot = memory.slotIn(region);
                for (int i = 0; i < WORDS; i++) {
                    long word = slot + (long) i * Long.BYTES;
                    Memory.putLong(word, Memory.getLong(word) + 1);
                }
            } finally {
                CpuExclusion.leave(region);
            }
            for (int i = 0; i < PAUSES; i++) {
                Thread.onSpinWait();
            }
            done++;
        }
        return done;
    }

    private static long read(PerCpuMemory memory, BooleanSupplier goOn) {
        long whole = 0;
        for (int round = 0; goOn.getAsBoolean(); round++) {
            int cpu = round % Cpus.possible();
            long region = CpuExclusion.region(cpu);
            long version = CpuExclusion.version(region);
            long slot = memory.slotIn(region);
            long first = Memory.getLong(slot);
            boolean torn = false;
            for (int i = 1; i < WORDS; i++) {
                torn |= Memory.getLong(slot + (long) i * Long.BYTES) != first;
            }
            if (CpuExclusion.isStill(region, version)) {
                whole++;
                if (torn) {
                    throw new AssertionError("torn on CPU " + cpu);
                }
            }
            copy(memory, cpu);
        }
        return whole;
    }

    private static void copy(PerCpuMemory memory, int cpu) {
        OpVector vector = OpVector.begin().within(memory);
        long copy = vector.room(WORDS * Long.BYTES);
        vector.memcpy(copy, memory.slot(cpu), WORDS * Long.BYTES).snapshot(cpu);
        for (int i = 1; i < WORDS; i++) {
            if (Memory.getLong(copy + (long) i * Long.BYTES) != Memory.getLong(copy)) {
                throw new AssertionError("torn copy of CPU " + cpu);
            }
        }
    }
}
