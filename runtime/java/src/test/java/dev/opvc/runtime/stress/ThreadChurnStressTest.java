// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.runtime.CpuExclusion;
import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import dev.opvc.runtime.PerCpuMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Threads that come and go: what is remembered of a thread goes by its id, so many share an entry and most that had one
 * are gone.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThreadChurnStressTest {
    private static final int PLATFORM_THREADS = 20_000;
    private static final int AT_ONCE = 50;
    private static final int VIRTUAL_THREADS = 100_000;
    private static final int TRANSACTIONS = 5;

    @Test
    void platformThreads() throws Exception {
        try (PerCpuMemory memory = PerCpuMemory.allocate(Long.BYTES, slot -> {})) {
            for (int begun = 0; begun < PLATFORM_THREADS; begun += AT_ONCE) {
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    threads.add(new Thread(() -> work(memory)));
                }
                threads.forEach(Thread::start);
                for (Thread thread : threads) {
                    thread.join();
                }
            }
            assertThat(total(memory)).isEqualTo((long) PLATFORM_THREADS * TRANSACTIONS);
        }
    }

    @Test
    void virtualThreads() throws Exception {
        VirtualThreads.assumeSupported();
        try (PerCpuMemory memory = PerCpuMemory.allocate(Long.BYTES, slot -> {});
                VirtualThreads executor = VirtualThreads.perTask()) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < VIRTUAL_THREADS; i++) {
                futures.add(executor.service().submit(() -> work(memory)));
            }
            for (Future<?> future : futures) {
                future.get();
            }
            assertThat(total(memory)).isEqualTo((long) VIRTUAL_THREADS * TRANSACTIONS);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private static void work(PerCpuMemory memory) {
        for (int i = 0; i < TRANSACTIONS; i++) {
            long region = CpuExclusion.enter(CpuExclusion.CURRENT);
            try {
                long slot = memory.slotIn(region);
                Memory.putLong(slot, Memory.getLong(slot) + 1);
            } finally {
                CpuExclusion.leave(region);
            }
            // A virtual thread gives its carrier to others here, and may go on on another.
            Thread.yield();
        }
    }

    private static long total(PerCpuMemory memory) {
        long total = 0;
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            total += Memory.getLong(memory.slot(cpu));
        }
        return total;
    }
}
