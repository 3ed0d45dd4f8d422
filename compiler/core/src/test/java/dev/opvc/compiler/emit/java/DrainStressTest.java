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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two threads drain while others, which migrate, record: no record is lost, and none is in two answers.
 *
 * <p>{@code -Dopvc.drain.records=100000000} records that many in each combination of forms.
 */
class DrainStressTest {
    private static final String RECORDS = "opvc.drain.records";
    private static final long RECORDS_IN_A_NORMAL_RUN = 1_000_000;
    private static final int WRITERS = 4;
    private static final int DRAINERS = 2;
    private static final int STAY_TURNS_MAX = 5_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"Direct,Direct", "Vector,Vector", "Vector,Direct", "Direct,Vector"})
    void everyRecordIsInOneAnswer(String formOfWriters, String formOfDrains) throws Exception {
        long seed = Long.getLong("opvc.seed", System.nanoTime());
        long turns = Long.getLong(RECORDS, RECORDS_IN_A_NORMAL_RUN) / WRITERS;
        System.out.println("DrainStressTest seed " + seed);
        Generated generated = Generated.from(folder, TestPrograms.read("queries.opv"));
        Class<?> type = generated.type("com.acme.metrics.Sample");
        Object sample = Objects.requireNonNull(Calls.call(type, null, "allocate"));
        Method bump = Calls.method(type, "bump" + formOfWriters);
        Method take = Calls.method(type, "take" + formOfDrains);
        Class<?> holder = generated.type("com.acme.metrics.Sample$TakeResult");
        AtomicInteger writing = new AtomicInteger(WRITERS);
        ExecutorService executor = Executors.newFixedThreadPool(WRITERS + DRAINERS);
        List<Future<?>> writers = new ArrayList<>();
        List<Future<Long>> drainers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(seed + i);
            writers.add(executor.submit(() -> {
                SampleStress.bump(sample, bump, turns, random, STAY_TURNS_MAX, writing);
                return null;
            }));
        }
        for (int i = 0; i < DRAINERS; i++) {
            drainers.add(executor.submit(() -> drain(sample, take, holder, writing)));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        long drained = 0;
        for (Future<Long> drainer : drainers) {
            drained += drainer.get();
        }
        executor.shutdown();
        assertThat(drained).as("seed %d", seed).isEqualTo(turns * WRITERS);
        assertThat(Calls.call(type, sample, "count")).isEqualTo(0L);
        ((AutoCloseable) sample).close();
    }

    /** Returns how many records it has taken; the last look is behind the last record. */
    private static long drain(Object sample, Method take, Class<?> holder, AtomicInteger writing) throws Exception {
        SampleStress.Answer answer = new SampleStress.Answer(holder);
        long drained = 0;
        boolean last;
        do {
            last = writing.get() == 0;
            answer.ask(sample, take);
            if (!answer.isWhole()) {
                throw new AssertionError("took " + answer.count() + ", and not in one state");
            }
            drained += answer.count();
        } while (!last);
        return drained;
    }
}
