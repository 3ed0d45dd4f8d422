// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.internal.os.Affinity;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Six threads that migrate change three words of a slot together; others query meanwhile. No query may see words of one
 * slot that differ, and what a query has counted never shrinks.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueryStressTest {
    private static final int WRITERS = 6;
    private static final int READERS = 2;
    private static final int TURNS = 20_000;
    private static final int STAY_TURNS_MAX = 500;
    private static final long PATIENCE_SECONDS = 100;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"Direct,Direct", "Vector,Vector", "Vector,Direct", "Direct,Vector"})
    void queriesSeeEachSlotInOneState(String formOfWriters, String formOfQueries) throws Exception {
        long seed = Long.getLong("opvc.seed", System.nanoTime());
        System.out.println("QueryStressTest seed " + seed);
        Generated generated = Generated.from(
                folder,
                Files.readString(
                        Path.of(Objects.requireNonNull(QueryStressTest.class.getResource("/programs/queries.opv"))
                                .toURI())));
        Class<?> type = generated.type("com.acme.metrics.Sample");
        Object sample = Objects.requireNonNull(Calls.call(type, null, "allocate"));
        Method bump = method(type, "bump" + formOfWriters);
        Method equal = method(type, "equal" + formOfQueries);
        Class<?> holder = generated.type("com.acme.metrics.Sample$EqualResult");
        AtomicInteger writing = new AtomicInteger(WRITERS);
        ExecutorService executor = Executors.newFixedThreadPool(WRITERS + READERS);
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(seed + i);
            futures.add(executor.submit(() -> {
                write(sample, bump, random, writing);
                return null;
            }));
        }
        for (int i = 0; i < READERS; i++) {
            futures.add(executor.submit(() -> {
                read(sample, equal, holder, writing);
                return null;
            }));
        }
        for (Future<?> future : futures) {
            future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        executor.shutdown();
        assertThat(Calls.call(type, sample, "count")).as("seed %d", seed).isEqualTo((long) WRITERS * TURNS);
        ((AutoCloseable) sample).close();
    }

    private static Method method(Class<?> type, String name) {
        Method method = Arrays.stream(type.getDeclaredMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        return method;
    }

    private static void write(Object sample, Method bump, Random random, AtomicInteger writing) throws Exception {
        BitSet home = Affinity.ofCallingThread();
        int[] cpus = home.stream().toArray();
        int stay = 0;
        try {
            for (int turn = 0; turn < TURNS; turn++) {
                if (--stay < 0) {
                    BitSet one = new BitSet();
                    one.set(cpus[random.nextInt(cpus.length)]);
                    Affinity.bindCallingThread(one);
                    stay = random.nextInt(STAY_TURNS_MAX);
                }
                bump.invoke(sample, Cpus.current(), 1L);
            }
        } finally {
            writing.decrementAndGet();
            Affinity.bindCallingThread(home);
        }
    }

    private static void read(Object sample, Method equal, Class<?> holder, AtomicInteger writing) throws Exception {
        Object result = holder.getDeclaredConstructor().newInstance();
        Method isEqual = holder.getMethod("equal");
        Method a = holder.getMethod("a");
        Method b = holder.getMethod("b");
        Method bucket = holder.getMethod("bucket", int.class);
        long before = 0;
        boolean last;
        do {
            last = writing.get() == 0;
            equal.invoke(sample, 0, Cpus.possible(), result);
            long count = (long) a.invoke(result);
            boolean whole = (boolean) isEqual.invoke(result)
                    && count == (long) b.invoke(result)
                    && count == (long) bucket.invoke(result, 0);
            if (!whole || count < before) {
                throw new AssertionError("counted " + count + " after " + before + ", in one state: " + whole);
            }
            before = count;
        } while (!last);
        assertThat(before).isEqualTo((long) WRITERS * TURNS);
    }
}
