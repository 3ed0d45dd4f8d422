// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.TestPrograms;
import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Eight threads that migrate record, pop, push and add, in one form or in both at once. Afterwards every observation is
 * counted once in each field, and every node is there once.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FormsStressTest {
    private static final int THREADS = 8;
    private static final int TURNS = 20_000;
    private static final int STAY_TURNS_MAX = 500;
    private static final int BUCKETS = 32;
    private static final int NODES = 24;
    private static final int NODE_BYTES = 16;
    private static final int OWNER_OFFSET = 8;
    private static final long PATIENCE_SECONDS = 100;

    @TempDir
    private Path folder;

    private long nodes;

    @BeforeEach
    void allocate() {
        nodes = Memory.allocate((long) NODES * NODE_BYTES);
    }

    @AfterEach
    void free() {
        Memory.free(nodes);
    }

    /** The private methods of one form of the sample. */
    private record Form(Object latency, Method recordUnit, Method pop, Method push, Method fetchAdd) {
        static Form of(String name, Object latency) {
            return new Form(
                    latency,
                    Calls.method(latency.getClass(), "record" + name),
                    Calls.method(latency.getClass(), "pop" + name),
                    Calls.method(latency.getClass(), "push" + name),
                    Calls.method(latency.getClass(), "fetchAdd" + name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct", "Vector,Direct"})
    void countsAreExactAndNoNodeIsLostOrDuplicated(String forms) throws Exception {
        long seed = Long.getLong("opvc.seed", System.nanoTime());
        System.out.println("FormsStressTest seed " + seed);
        Generated generated = Generated.from(folder, TestPrograms.read("histogram.opv"));
        Class<?> type = generated.type("com.acme.metrics.Latency");
        AutoCloseable latency = (AutoCloseable) Objects.requireNonNull(Calls.call(type, null, "allocate"));
        List<Form> all = Arrays.stream(forms.split(","))
                .map(name -> Form.of(name, latency))
                .toList();
        for (int i = 0; i < NODES; i++) {
            all.get(0).push.invoke(latency, i % Cpus.possible(), nodes + (long) i * NODE_BYTES);
        }
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int self = i + 1;
            Form form = all.get(i % all.size());
            futures.add(executor.submit(() -> {
                work(generated, form, self, new Random(seed + self));
                return null;
            }));
        }
        for (Future<?> future : futures) {
            future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        executor.shutdown();
        assertTotals(generated, latency);
        assertThat(drain(generated, all.get(0))).as("nodes, seed %d", seed).hasSize(NODES);
        latency.close();
    }

    private static void work(Generated generated, Form form, int self, Random random) throws Exception {
        Object popped = holder(generated, "PopResult");
        Object added = holder(generated, "FetchAddResult");
        Method taken = popped.getClass().getMethod("taken");
        try (Wanderer wanderer = new Wanderer(random, STAY_TURNS_MAX)) {
            for (int turn = 0; turn < TURNS; turn++) {
                wanderer.step();
                form.recordUnit.invoke(form.latency, Cpus.current(), 1.0, random.nextInt(BUCKETS));
                form.fetchAdd.invoke(form.latency, Cpus.current(), 2L, added);
                if ((boolean) form.pop.invoke(form.latency, Cpus.current(), popped)) {
                    long node = (long) taken.invoke(popped);
                    long before = Memory.getLong(node + OWNER_OFFSET);
                    Memory.putLong(node + OWNER_OFFSET, self);
                    if (turn % 16 == 0) {
                        Thread.onSpinWait();
                    }
                    if (before != 0 || Memory.getLong(node + OWNER_OFFSET) != self) {
                        throw new AssertionError("node handed out to " + self + " while " + before + " has it");
                    }
                    Memory.putLong(node + OWNER_OFFSET, 0);
                    form.push.invoke(form.latency, Cpus.current(), node);
                }
            }
        }
    }

    private static void assertTotals(Generated generated, Object latency) throws Exception {
        Class<?> slots = generated.type("com.acme.metrics.Latency$Slot");
        long count = 0;
        double sum = 0;
        long buckets = 0;
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            long slot = (long) Objects.requireNonNull(Calls.call(latency.getClass(), latency, "slot", cpu));
            count += (long) Objects.requireNonNull(Calls.call(slots, null, "count", slot));
            sum += (double) Objects.requireNonNull(Calls.call(slots, null, "sum", slot));
            for (int i = 0; i < BUCKETS; i++) {
                buckets += (long) Objects.requireNonNull(
                        slots.getMethod("bucket", long.class, int.class).invoke(null, slot, i));
            }
        }
        long observations = (long) THREADS * TURNS;
        assertThat(buckets).isEqualTo(observations);
        assertThat(sum).isEqualTo((double) observations);
        assertThat(count).isEqualTo(3 * observations);
    }

    private static Set<Long> drain(Generated generated, Form form) throws Exception {
        Object popped = holder(generated, "PopResult");
        Set<Long> all = new HashSet<>();
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            while ((boolean) form.pop.invoke(form.latency, cpu, popped)) {
                assertThat(all.add((long) Objects.requireNonNull(Calls.call(popped.getClass(), popped, "taken"))))
                        .isTrue();
            }
        }
        return all;
    }

    private static Object holder(Generated generated, String name) throws ReflectiveOperationException {
        return generated
                .type("com.acme.metrics.Latency$" + name)
                .getDeclaredConstructor()
                .newInstance();
    }
}
