// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import dev.opvc.runtime.OpVector;
import dev.opvc.runtime.PerCpuMemory;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A free list per CPU: pop compares the head and copies the node's link over it; push the other way about. A comparison
 * apart from its copy would hand one node to two threads.
 */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FreeListStressTest {
    private static final int THREADS = 8;
    private static final int NODES = 64;
    private static final int NODE_BYTES = 16;
    private static final int NEXT = 0;
    private static final int OWNER = 8;
    private static final long MILLIS = 1500;

    @Test
    void noNodeIsEverHandedOutTwice() throws Exception {
        long seed = System.nanoTime();
        long nodes = Memory.allocate((long) NODES * NODE_BYTES);
        try (PerCpuMemory memory = PerCpuMemory.allocate(Long.BYTES, slot -> {})) {
            for (int i = 0; i < NODES; i++) {
                push(memory, i % Cpus.possible(), nodes + (long) i * NODE_BYTES);
            }
            Crew.run(Executors.newFixedThreadPool(THREADS), THREADS, MILLIS, (index, goOn) -> {
                Wanderer wanderer = new Wanderer(seed + index);
                work(memory, index + 1, goOn, wanderer);
                wanderer.goHome();
            });
            assertThat(drain(memory)).as("nodes left, seed %d", seed).hasSize(NODES);
        }
        Memory.free(nodes);
    }

    private static void work(PerCpuMemory memory, int self, BooleanSupplier goOn, Wanderer wanderer) {
        while (goOn.getAsBoolean()) {
            wanderer.step();
            long node = pop(memory, Cpus.current());
            if (node != 0) {
                long before = Memory.getLong(node + OWNER);
                Memory.putLong(node + OWNER, self);
                wanderer.step();
                if (before != 0 || Memory.getLong(node + OWNER) != self) {
                    throw new AssertionError("node handed out to " + self + " while " + before + " has it");
                }
                Memory.putLong(node + OWNER, 0);
                push(memory, Cpus.current(), node);
            }
        }
    }

    private static long pop(PerCpuMemory memory, int cpu) {
        long head = memory.slot(cpu);
        while (true) {
            long node = Memory.getLong(head);
            if (node == 0) {
                return 0;
            }
            OpVector vector = OpVector.begin().within(memory);
            vector.compareEq(head, vector.cell(node, 8), 8).memcpy(head, node + NEXT, 8);
            if (vector.execute(cpu) == 0) {
                return node;
            }
        }
    }

    private static void push(PerCpuMemory memory, int cpu, long node) {
        long head = memory.slot(cpu);
        OpVector vector = OpVector.begin().within(memory);
        vector.memcpy(node + NEXT, head, 8)
                .memcpy(head, vector.cell(node, 8), 8)
                .execute(cpu);
    }

    private static Set<Long> drain(PerCpuMemory memory) {
        Set<Long> all = new HashSet<>();
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            for (long node = pop(memory, cpu); node != 0; node = pop(memory, cpu)) {
                assertThat(all.add(node)).isTrue();
            }
        }
        return all;
    }
}
