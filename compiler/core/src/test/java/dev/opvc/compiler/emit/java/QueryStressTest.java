// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.TestPrograms;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
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
        Generated generated = Generated.from(folder, TestPrograms.read("queries.opv"));
        Class<?> type = generated.type("com.acme.metrics.Sample");
        Object sample = Objects.requireNonNull(Calls.call(type, null, "allocate"));
        Method bump = Calls.method(type, "bump" + formOfWriters);
        Method equal = Calls.method(type, "equal" + formOfQueries);
        Class<?> holder = generated.type("com.acme.metrics.Sample$EqualResult");
        AtomicInteger writing = new AtomicInteger(WRITERS);
        ExecutorService executor = Executors.newFixedThreadPool(WRITERS + READERS);
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(seed + i);
            futures.add(executor.submit(() -> {
                SampleStress.bump(sample, bump, TURNS, random, STAY_TURNS_MAX, writing);
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

    private static void read(Object sample, Method equal, Class<?> holder, AtomicInteger writing) throws Exception {
        SampleStress.Answer answer = new SampleStress.Answer(holder);
        long before = 0;
        boolean last;
        do {
            last = writing.get() == 0;
            answer.ask(sample, equal);
            long count = answer.count();
            boolean whole = answer.isWhole();
            if (!whole || count < before) {
                throw new AssertionError("counted " + count + " after " + before + ", in one state: " + whole);
            }
            before = count;
        } while (!last);
        assertThat(before).isEqualTo((long) WRITERS * TURNS);
    }
}
