// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.opvc.compiler.TestPrograms;
import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both forms of drains: what they give, what they set back, and what they leave. */
class DrainTest {
    private static final int ROUNDS = 50;
    private static final int BUCKETS = 8;
    private static final String[] SOME = {"mean", "total", "one", "open", "left", "tiny", "single"};

    @TempDir
    private Path folder;

    private Generated generated;
    private Class<?> type;
    private Class<?> slots;
    private Class<?> otherSlots;
    private Object sample;
    private Object other;

    @BeforeEach
    void allocate() throws Exception {
        generated = Generated.from(folder, TestPrograms.read("queries.opv"));
        type = generated.type("com.acme.metrics.Sample");
        slots = generated.type("com.acme.metrics.Sample$Slot");
        otherSlots = generated.type("com.acme.metrics.Other$Slot");
        sample = Objects.requireNonNull(Calls.call(type, null, "allocate"));
        other = Objects.requireNonNull(Calls.call(generated.type("com.acme.metrics.Other"), null, "allocate"));
    }

    @Test
    void formsAgreeOnRandomSlots() throws Exception {
        long seed = Long.getLong("opvc.seed", System.nanoTime());
        System.out.println("DrainTest seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[][] samples = random(sample, slots, random);
            byte[][] others = random(other, otherSlots, random);
            long divisor = random.nextInt(4);
            int at = random.nextInt(BUCKETS + 1);
            Map<String, Object> vector = some("Vector", divisor, at);
            byte[][] samplesLeft = bytes(sample, slots);
            byte[][] othersLeft = bytes(other, otherSlots);
            fill(sample, samples);
            fill(other, others);
            assertThat(some("Direct", divisor, at))
                    .as("round %d, seed %d", round, seed)
                    .isEqualTo(vector);
            assertThat(bytes(sample, slots))
                    .as("round %d, seed %d", round, seed)
                    .isDeepEqualTo(samplesLeft);
            assertThat(bytes(other, otherSlots))
                    .as("round %d, seed %d", round, seed)
                    .isDeepEqualTo(othersLeft);
            if (vector.containsKey("thrown")) {
                refused++;
                assertThat(samplesLeft).as("seed %d", seed).isDeepEqualTo(samples);
                assertThat(othersLeft).as("seed %d", seed).isDeepEqualTo(others);
            } else {
                setBack(samples, at);
                assertThat(samplesLeft).as("seed %d", seed).isDeepEqualTo(samples);
                setBack(others);
                assertThat(othersLeft).as("seed %d", seed).isDeepEqualTo(others);
            }
        }
        assertThat(refused).as("range errors, seed %d", seed).isBetween(1, ROUNDS - 1);
    }

    /** What the drain has to leave of these bytes. */
    private void setBack(byte[][] samples, int at) throws Exception {
        for (byte[] bytes : samples) {
            clear(slots, bytes, "SUM", 0, 8);
            clear(slots, bytes, "A", 0, 8);
            clear(slots, bytes, "BUCKET", 8 * at, 8);
            clear(slots, bytes, "GRID", 12, 12);
            clear(slots, bytes, "FLAGS", 0, 5);
            clear(slots, bytes, "OPEN", 0, 1);
            clear(slots, bytes, "PAIR", 8 * (at & 3), 4);
            clear(slots, bytes, "TINY", 0, 1);
            clear(slots, bytes, "SINGLE", 0, 4);
        }
    }

    private void setBack(byte[][] others) throws Exception {
        for (byte[] bytes : others) {
            clear(otherSlots, bytes, "WEIGHT", 0, 8);
            bytes[(int) otherSlots.getField("WEIGHT_OFFSET").get(null)] = 1;
            clear(otherSlots, bytes, "CHOSEN", 0, 1);
        }
    }

    private static void clear(Class<?> slots, byte[] bytes, String field, int offset, int length) throws Exception {
        int begin = (int) slots.getField(field + "_OFFSET").get(null) + offset;
        Arrays.fill(bytes, begin, begin + length, (byte) 0);
    }

    /** All that the drain gives, by name; what it threw where it did. */
    private Map<String, Object> some(String form, long divisor, int at) throws Exception {
        Map<String, Object> all = new LinkedHashMap<>();
        Object result = holder("TakeSomeResult");
        try {
            Calls.call(type, sample, "takeSome" + form, 0, Cpus.possible(), other, divisor, at, 3, result);
        } catch (ArithmeticException | IndexOutOfBoundsException e) {
            all.put("thrown", e.getClass());
        }
        for (String each : SOME) {
            all.put(each, Objects.requireNonNull(Calls.call(result.getClass(), result, each)));
        }
        for (int i = 0; i < 3; i++) {
            all.put("row" + i, Objects.requireNonNull(Calls.call(result.getClass(), result, "row", i)));
        }
        for (int i = 0; i < 5; i++) {
            all.put("flags" + i, Objects.requireNonNull(Calls.call(result.getClass(), result, "flags", i)));
        }
        return all;
    }

    /** A drain gives what the query of the same folds would have given, and then there is nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void drainsGiveWhatQueriesDoOnce(String form) throws Exception {
        random(sample, slots, new Random(1));
        Object query = holder("EqualResult");
        Object drain = holder("TakeResult");
        Calls.call(type, sample, "equal", query);
        Calls.call(type, sample, "take" + form, 0, Cpus.possible(), drain);
        for (String each : new String[] {"equal", "a", "b"}) {
            assertThat(Calls.call(drain.getClass(), drain, each)).isEqualTo(Calls.call(query.getClass(), query, each));
        }
        for (int i = 0; i < BUCKETS; i++) {
            assertThat(Calls.call(drain.getClass(), drain, "bucket", i))
                    .isEqualTo(Calls.call(query.getClass(), query, "bucket", i));
        }
        Calls.call(type, sample, "take" + form, 0, Cpus.possible(), drain);
        assertThat(Calls.call(drain.getClass(), drain, "equal")).isEqualTo(true);
        assertThat(Calls.call(drain.getClass(), drain, "a")).isEqualTo(0L);
        assertThat(Calls.call(drain.getClass(), drain, "bucket", BUCKETS - 1)).isEqualTo(0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void initialValuesComeBack(String form) throws Exception {
        Calls.call(slots, null, "least", slot(sample, Cpus.possible() - 1), 4.5);
        assertThat(Calls.call(type, sample, "takeLeast" + form, 0, Cpus.possible()))
                .isEqualTo(4.5);
        assertThat(Calls.call(type, sample, "takeLeast" + form, 0, Cpus.possible()))
                .isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Calls.call(slots, null, "least", slot(sample, Cpus.possible() - 1)))
                .isEqualTo(Double.POSITIVE_INFINITY);
        ((AutoCloseable) sample).close();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Calls.call(type, sample, "takeLeast" + form, 0, Cpus.possible()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void oneCpuIsTakenAlone(String form) throws Exception {
        int last = Cpus.possible() - 1;
        Calls.call(type, sample, "bumpOn", 0, 5L);
        Calls.call(type, sample, "bumpOn", last, 7L);
        long onLast = last == 0 ? 12L : 7L;
        Object drain = holder("TakeResult");
        Calls.call(type, sample, "take" + form, last, last + 1, drain);
        assertThat(Calls.call(drain.getClass(), drain, "a")).isEqualTo(onLast);
        assertThat(Calls.call(type, sample, "count")).isEqualTo(12L - onLast);
        Calls.call(type, sample, "takeOn", 0, drain);
        assertThat(Calls.call(drain.getClass(), drain, "b")).isEqualTo(12L - onLast);
        assertThat(Calls.call(type, sample, "count")).isEqualTo(0L);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Calls.call(type, sample, "takeOn", last + 1, drain));
    }

    private byte[][] random(Object instance, Class<?> layout, Random random) throws Exception {
        byte[][] bytes = bytes(instance, layout);
        for (byte[] each : bytes) {
            random.nextBytes(each);
        }
        fill(instance, bytes);
        return bytes;
    }

    private static void fill(Object instance, byte[][] bytes) throws Exception {
        for (int cpu = 0; cpu < bytes.length; cpu++) {
            long slot = slot(instance, cpu);
            for (int i = 0; i < bytes[cpu].length; i++) {
                Memory.putByte(slot + i, bytes[cpu][i]);
            }
        }
    }

    private static byte[][] bytes(Object instance, Class<?> layout) throws Exception {
        byte[][] all = new byte[Cpus.possible()][(int) layout.getField("SIZE").get(null)];
        for (int cpu = 0; cpu < all.length; cpu++) {
            long slot = slot(instance, cpu);
            for (int i = 0; i < all[cpu].length; i++) {
                all[cpu][i] = Memory.getByte(slot + i);
            }
        }
        return all;
    }

    private Object holder(String name) throws ReflectiveOperationException {
        return generated
                .type("com.acme.metrics.Sample$" + name)
                .getDeclaredConstructor()
                .newInstance();
    }

    private static long slot(Object instance, int cpu) throws ReflectiveOperationException {
        return (long) Objects.requireNonNull(Calls.call(instance.getClass(), instance, "slot", cpu));
    }
}
