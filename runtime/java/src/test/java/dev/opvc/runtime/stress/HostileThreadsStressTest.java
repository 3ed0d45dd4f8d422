// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import dev.opvc.runtime.OpVector;
import dev.opvc.runtime.PerCpuMemory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that end badly must leave no word taken: afterwards every CPU still works. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileThreadsStressTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 40;
    private static final long STACK_BYTES = 256 * 1024;
    private static final long PATIENCE_SECONDS = 30;

    @Test
    void stackOverflowLeavesNoWordTaken() throws InterruptedException {
        try (PerCpuMemory memory = PerCpuMemory.allocate(Long.BYTES, slot -> {})) {
            AtomicLong overflows = new AtomicLong();
            inThreads(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    try {
                        recurse(memory);
                    } catch (StackOverflowError e) {
                        overflows.incrementAndGet();
                    }
                }
            });
            assertThat(overflows).hasValue((long) THREADS * ROUNDS);
            assertEveryCpuWorks(memory);
        }
    }

    @SuppressWarnings("InfiniteRecursion")
    private static void recurse(PerCpuMemory memory) {
        int cpu = Cpus.current();
        OpVector.begin().within(memory).add(memory.slot(cpu), 1, 8).execute(cpu);
        recurse(memory);
    }

    @Test
    void interruptedThreadsStillWaitTheirTurn() throws InterruptedException {
        try (PerCpuMemory memory = PerCpuMemory.allocate(Long.BYTES, slot -> {})) {
            AtomicLong done = new AtomicLong();
            long before = sum(memory);
            inThreads(() -> {
                Thread.currentThread().interrupt();
                for (int i = 0; i < 20_000; i++) {
                    OpVector.begin().within(memory).add(memory.slot(0), 1, 8).execute(0);
                    done.incrementAndGet();
                }
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            });
            assertThat(sum(memory) - before).isEqualTo(done.get()).isEqualTo(THREADS * 20_000L);
        }
    }

    private static void inThreads(Runnable work) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(
                    null,
                    () -> {
                        try {
                            work.run();
                        } finally {
                            ended.countDown();
                        }
                    },
                    "hostile",
                    STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
        }
        assertThat(ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("threads end, which a word left taken would prevent")
                .isTrue();
    }

    private static void assertEveryCpuWorks(PerCpuMemory memory) throws InterruptedException {
        inThreads(() -> {
            for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
                assertThat(OpVector.begin().add(memory.slot(cpu), 1, 8).execute(cpu))
                        .isZero();
            }
        });
    }

    private static long sum(PerCpuMemory memory) {
        long sum = 0;
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            sum += Memory.getLong(memory.slot(cpu));
        }
        return sum;
    }
}
