// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import dev.opvc.runtime.OpVector;
import dev.opvc.runtime.PerCpuMemory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Vectors that several words must agree after, from more threads than there are CPUs, which migrate in the middle.
 * Exclusion that tears would lose additions, or show a reader words that never stood together.
 */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExclusionStressTest {
    private static final int THREADS = 8;
    private static final int VIRTUAL_THREADS = 64;
    private static final long MILLIS = 1500;

    /** A slot: a count, three words that are always count times 1, 3 and -7, and a copied block of 128 bytes. */
    private static final int COUNT = 0;

    private static final int SINGLE = 8;
    private static final int TRIPLE = 16;
    private static final int MINUS_SEVENFOLD = 24;
    private static final int BLOCK = 32;
    private static final int BLOCK_BYTES = 128;
    private static final int SLOT_BYTES = BLOCK + BLOCK_BYTES;

    @Test
    void platformThreadsThatMigrate() throws Exception {
        stress(Executors.newFixedThreadPool(THREADS), THREADS, true);
    }

    @Test
    void virtualThreads() throws Exception {
        VirtualThreads.assumeSupported();
        stress(VirtualThreads.perTask().service(), VIRTUAL_THREADS, false);
    }

    private static void stress(ExecutorService executor, int threads, boolean migrate) throws Exception {
        long seed = System.nanoTime();
        AtomicLong done = new AtomicLong();
        try (PerCpuMemory memory = PerCpuMemory.allocate(SLOT_BYTES, slot -> {})) {
            Crew.run(executor, threads, MILLIS, (index, goOn) -> {
                Wanderer wanderer = migrate ? new Wanderer(seed + index) : null;
                done.addAndGet(work(memory, index, goOn, wanderer == null ? () -> {} : wanderer::step));
                if (wanderer != null) {
                    wanderer.goHome();
                }
            });
            long total = 0;
            for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
                total += Memory.getLong(memory.slot(cpu) + COUNT);
            }
            assertThat(total).as("transactions, seed %d", seed).isEqualTo(done.get());
            assertThat(total).isPositive();
        }
    }

    private static long work(PerCpuMemory memory, int index, BooleanSupplier goOn, Runnable move) {
        long block = Memory.allocate(BLOCK_BYTES);
        long seen = Memory.allocate(SLOT_BYTES);
        long done = 0;
        for (long round = 0; goOn.getAsBoolean(); round++) {
            move.run();
            // Now and then on another CPU's slot than the hint says: a thread that has migrated does no else.
            int cpu = (Cpus.current() + (round % 16 == 0 ? 1 : 0)) % Cpus.possible();
            update(memory, cpu, block, done * THREADS + index);
            done++;
            if (round % 4 == 0) {
                check(memory, cpu, seen);
            }
            if (round % 32 == 0) {
                Thread.onSpinWait();
                pause();
            }
        }
        Memory.free(block);
        Memory.free(seen);
        return done;
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private static void pause() {
        Thread.yield();
    }

    private static void update(PerCpuMemory memory, int cpu, long block, long stamp) {
        for (int i = 0; i < BLOCK_BYTES; i += Long.BYTES) {
            Memory.putLong(block + i, stamp);
        }
        long slot = memory.slot(cpu);
        int result = OpVector.begin()
                .within(memory)
                .add(slot + COUNT, 1, 8)
                .add(slot + SINGLE, 1, 8)
                .memcpy(slot + BLOCK, block, BLOCK_BYTES)
                .add(slot + TRIPLE, 3, 8)
                .add(slot + MINUS_SEVENFOLD, -7, 8)
                .execute(cpu);
        assertThat(result).isZero();
    }

    private static void check(PerCpuMemory memory, int cpu, long seen) {
        OpVector.begin()
                .within(memory)
                .memcpy(seen, memory.slot(cpu), SLOT_BYTES)
                .execute(cpu);
        long count = Memory.getLong(seen + COUNT);
        boolean holds = Memory.getLong(seen + SINGLE) == count
                && Memory.getLong(seen + TRIPLE) == 3 * count
                && Memory.getLong(seen + MINUS_SEVENFOLD) == -7 * count;
        for (int i = 0; i < BLOCK_BYTES; i += Long.BYTES) {
            holds &= Memory.getLong(seen + BLOCK + i) == Memory.getLong(seen + BLOCK);
        }
        if (!holds) {
            throw new AssertionError("torn on CPU " + cpu + ": count " + count + ", "
                    + Memory.getLong(seen + SINGLE) + ", " + Memory.getLong(seen + TRIPLE) + ", "
                    + Memory.getLong(seen + MINUS_SEVENFOLD) + ", block " + Memory.getLong(seen + BLOCK));
        }
    }
}
