// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.opvc.compiler.TestPrograms;
import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both forms of queries, against each other and against what Java computes of the same slots. */
class QueryTest {
    private static final int ROUNDS = 50;
    private static final int BUCKETS = 8;
    private static final String[] EVERYTHING = {
        "sum", "least", "most", "single", "small", "tiny", "shortOne", "word", "open", "allOpen", "anyFree", "mostA"
    };
    private static final String[] WEIGHED = {"mean", "total", "chosen", "lazy", "left"};

    @TempDir
    private Path folder;

    private Generated generated;
    private Class<?> type;
    private Class<?> slots;
    private Object sample;
    private Object other;

    @BeforeEach
    void allocate() throws Exception {
        generated = Generated.from(folder, TestPrograms.read("queries.opv"));
        type = generated.type("com.acme.metrics.Sample");
        slots = generated.type("com.acme.metrics.Sample$Slot");
        sample = required(Calls.call(type, null, "allocate"));
        other = required(Calls.call(generated.type("com.acme.metrics.Other"), null, "allocate"));
    }

    @Test
    void formsAgreeOnRandomSlots() throws Exception {
        long seed = Long.getLong("opvc.seed", System.nanoTime());
        System.out.println("QueryTest seed " + seed);
        Random random = new Random(seed);
        int ended = 0;
        for (int round = 0; round < ROUNDS; round++) {
            fill(sample, slots, random);
            fill(other, generated.type("com.acme.metrics.Other$Slot"), random);
            tame(random);
            long divisor = random.nextInt(4);
            int at = random.nextInt(BUCKETS + 1);
            Map<String, Object> vector = results("Vector", divisor, at);
            assertThat(results("Direct", divisor, at))
                    .as("round %d, seed %d", round, seed)
                    .isEqualTo(vector);
            ended += vector.containsKey("mean") ? 1 : 0;
        }
        assertThat(ended).as("rounds without a range error, seed %d", seed).isBetween(1, ROUNDS - 1);
    }

    /** Any bytes: of floats, truth values and pointers too. */
    private static void fill(Object instance, Class<?> layout, Random random) throws Exception {
        byte[] bytes = new byte[(int) required(layout.getField("SIZE").get(null))];
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            long slot = slot(instance, cpu);
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i++) {
                Memory.putByte(slot + i, bytes[i]);
            }
        }
    }

    /** Indices are within their arrays mostly, and a weight may be zero. */
    private void tame(Random random) throws Exception {
        Class<?> others = generated.type("com.acme.metrics.Other$Slot");
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            Calls.call(slots, null, "index", slot(sample, cpu), random.nextInt(20) == 0 ? -1 : random.nextInt(BUCKETS));
            Calls.call(others, null, "weight", slot(other, cpu), (long) random.nextInt(3));
        }
    }

    /** All that the queries give, by name; what they threw where they did. */
    private Map<String, Object> results(String form, long divisor, int at) throws Exception {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("count", required(Calls.call(type, sample, "count" + form, 0, Cpus.possible())));
        Object equal = holder("EqualResult");
        Calls.call(type, sample, "equal" + form, 0, Cpus.possible(), equal);
        for (String each : new String[] {"equal", "a", "b"}) {
            all.put("equal." + each, get(equal, each));
        }
        addElements(all, equal, "bucket", BUCKETS);
        Object everything = holder("EverythingResult");
        Calls.call(type, sample, "everything" + form, 0, Cpus.possible(), everything);
        for (String each : EVERYTHING) {
            all.put(each, get(everything, each));
        }
        addElements(all, everything, "row", 3);
        addElements(all, everything, "low", 3);
        addElements(all, everything, "flags", 5);
        addElements(all, everything, "allFlags", 5);
        Object weighed = holder("WeighedResult");
        try {
            Calls.call(type, sample, "weighed" + form, 0, Cpus.possible(), other, divisor, at, 3, weighed);
            for (String each : WEIGHED) {
                all.put(each, get(weighed, each));
            }
        } catch (ArithmeticException | IndexOutOfBoundsException e) {
            all.put("thrown", e.getClass());
        }
        return all;
    }

    private static void addElements(Map<String, Object> all, Object holder, String array, int length) throws Exception {
        for (int i = 0; i < length; i++) {
            all.put(array + i, required(Calls.call(holder.getClass(), holder, array, i)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void foldsAreWhatJavaComputesInAscendingOrder(String form) throws Exception {
        long seed = Long.getLong("opvc.seed", System.nanoTime());
        System.out.println("QueryTest seed " + seed);
        Random random = new Random(seed);
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        byte small = Byte.MIN_VALUE;
        int tiny = 0;
        long mostA = 0;
        boolean anyFree = false;
        int[] row = new int[3];
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            long slot = slot(sample, cpu);
            double value = random.nextGaussian() * Math.pow(10, random.nextInt(20));
            Calls.call(slots, null, "sum", slot, value);
            Calls.call(slots, null, "least", slot, value);
            byte byteValue = (byte) random.nextInt();
            Calls.call(slots, null, "small", slot, byteValue);
            int tinyValue = random.nextInt(256);
            Calls.call(slots, null, "tiny", slot, tinyValue);
            long a = random.nextLong();
            Calls.call(slots, null, "a", slot, a);
            sum = cpu == 0 ? value : sum + value;
            least = Math.min(least, value);
            small = (byte) Math.max(small, byteValue);
            tiny = (tiny + tinyValue) & 0xFF;
            mostA = Long.compareUnsigned(a, mostA) > 0 ? a : mostA;
            for (int i = 0; i < 3; i++) {
                int element = random.nextInt();
                Memory.putInt(
                        slot + (int) required(slots.getField("GRID_OFFSET").get(null)) + 4L * (3 + i), element);
                row[i] += element;
            }
        }
        Object result = holder("EverythingResult");
        Calls.call(type, sample, "everything" + form, 0, Cpus.possible(), result);
        assertThat(get(result, "sum")).as("seed %d", seed).isEqualTo(sum);
        assertThat(get(result, "least")).isEqualTo(least);
        assertThat(get(result, "small")).isEqualTo(small);
        assertThat(get(result, "tiny")).isEqualTo(tiny);
        assertThat(get(result, "mostA")).isEqualTo(mostA);
        assertThat(get(result, "anyFree")).isEqualTo(anyFree);
        for (int i = 0; i < 3; i++) {
            assertThat(Calls.call(result.getClass(), result, "row", i)).isEqualTo(row[i]);
        }
    }

    /** The sum of zeros that are negative is one: a fold begins with the first CPU's value. */
    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void sumsBeginWithTheFirstValue(String form) throws Exception {
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            Calls.call(slots, null, "sum", slot(sample, cpu), -0.0);
            Calls.call(slots, null, "single", slot(sample, cpu), -0.0f);
        }
        Object result = holder("EverythingResult");
        Calls.call(type, sample, "everything" + form, 0, Cpus.possible(), result);
        assertThat(get(result, "sum")).isEqualTo(-0.0);
        assertThat(get(result, "single")).isEqualTo(-0.0f);
        assertThat(get(result, "least")).isEqualTo(Double.POSITIVE_INFINITY);
    }

    /** An error on the last CPU, or behind the folds, comes when others have been folded in already. */
    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void noResultChangesWhereThereIsARangeError(String form) throws Exception {
        String weighed = "weighed" + form;
        Object result = holder("WeighedResult");
        Calls.call(slots, null, "a", slot(sample, 0), 6L);
        Calls.call(type, sample, weighed, 0, Cpus.possible(), other, 2L, 0, 3, result);
        Map<String, Object> before = weighed(result);
        assertThat(before).containsEntry("total", (3L + Cpus.possible()) << 3);

        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Calls.call(type, sample, weighed, 0, Cpus.possible(), other, 0L, 0, 3, result));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Calls.call(type, sample, weighed, 0, Cpus.possible(), other, 1L, BUCKETS, 3, result));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Calls.call(type, sample, weighed, 0, Cpus.possible(), other, 1L, -1, 3, result));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Calls.call(type, sample, weighed, 0, Cpus.possible(), other, 1L, 0, 41, result));
        Calls.call(slots, null, "index", slot(sample, Cpus.possible() - 1), BUCKETS);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Calls.call(type, sample, weighed, 0, Cpus.possible(), other, 1L, 0, 3, result));
        Calls.call(slots, null, "index", slot(sample, Cpus.possible() - 1), 0);
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            Calls.call(generated.type("com.acme.metrics.Other$Slot"), null, "weight", slot(other, cpu), 0L);
        }
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Calls.call(type, sample, weighed, 0, Cpus.possible(), other, 1L, 0, 3, result));
        assertThat(weighed(result)).isEqualTo(before);
    }

    private static Map<String, Object> weighed(Object result) throws Exception {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String each : WEIGHED) {
            all.put(each, get(result, each));
        }
        return all;
    }

    /** Arrays change places with others: what the holder had is not added to, and stays where the next call fails. */
    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void arraysAreMadeAnewAtEachCall(String form) throws Exception {
        Object result = holder("EqualResult");
        long bucket =
                slot(sample, 0) + (int) required(slots.getField("BUCKET_OFFSET").get(null));
        for (long value : new long[] {5, 7, 0, 9}) {
            Memory.putLong(bucket, value);
            Calls.call(type, sample, "equal" + form, 0, Cpus.possible(), result);
            assertThat(Calls.call(result.getClass(), result, "bucket", 0)).isEqualTo(value);
            assertThat(Calls.call(result.getClass(), result, "bucket", 1)).isEqualTo(0L);
        }
        ((AutoCloseable) sample).close();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Calls.call(type, sample, "equal" + form, 0, Cpus.possible(), result));
        assertThat(Calls.call(result.getClass(), result, "bucket", 0)).isEqualTo(9L);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Calls.call(result.getClass(), result, "bucket", BUCKETS));
        assertThat(result.getClass().getField("BUCKET_LENGTH").get(null)).isEqualTo(BUCKETS);
    }

    @Test
    void publicMethodsReturnTheResultOrTakeOrMakeAHolder() throws Exception {
        Calls.call(type, sample, "bumpOn", 0, 3L);
        assertThat(Calls.call(type, sample, "count")).isEqualTo(3L);
        Object made = required(Calls.call(type, sample, "equal"));
        assertThat(get(made, "equal")).isEqualTo(true);
        assertThat(get(made, "b")).isEqualTo(3L);
        Calls.call(type, sample, "bumpOn", Cpus.possible() - 1, 4L);
        Calls.call(type, sample, "equal", made);
        assertThat(get(made, "b")).isEqualTo(7L);
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> Calls.call(type, sample, "equal", (Object) null));
        ((AutoCloseable) other).close();
        Object weighed = holder("WeighedResult");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Calls.call(type, sample, "weighed", other, 1L, 0, 3, weighed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void oneCpuIsReadAlone(String form) throws Exception {
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            Calls.call(type, sample, "bumpOn", cpu, cpu + 5L);
        }
        Object result = holder("EqualResult");
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            assertThat(Calls.call(type, sample, "countOn", cpu)).isEqualTo(cpu + 5L);
            assertThat(Calls.call(type, sample, "count" + form, cpu, cpu + 1)).isEqualTo(cpu + 5L);
            Calls.call(type, sample, "equalOn", cpu, result);
            assertThat(get(result, "b")).isEqualTo(cpu + 5L);
            assertThat(get(required(Calls.call(type, sample, "equalOn", cpu)), "a"))
                    .isEqualTo(cpu + 5L);
        }
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Calls.call(type, sample, "countOn", Cpus.possible()));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Calls.call(type, sample, "countOn", -1));
    }

    /** A struct of another file has its queries here as static methods. */
    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void queriesOfImportedStructsAreStatic(String form) throws Exception {
        Generated both = Generated.from(folder, Map.of("shared.opv", """
                package com.acme.shared;
                percpu struct Hits { u64 n; }
                transaction hit(percpu Hits h) { h->n++; }
                """, "user.opv", """
                package com.acme.user;
                import "shared.opv";
                query hits(percpu Hits memory, u8 per) returns (u64 hits) { hits = sum(memory->n / u64(per)); }
                """));
        Object hits = required(both.call("com.acme.shared.Hits", "allocate"));
        Calls.call(hits.getClass(), hits, "hit");
        assertThat(both.call("com.acme.user.UserOps", "hits" + form, 0, Cpus.possible(), hits, 257))
                .isEqualTo(1L);
    }

    private Object holder(String name) throws ReflectiveOperationException {
        return generated
                .type("com.acme.metrics.Sample$" + name)
                .getDeclaredConstructor()
                .newInstance();
    }

    private static Object get(Object holder, String name) throws ReflectiveOperationException {
        return required(Calls.call(holder.getClass(), holder, name));
    }

    private static long slot(Object instance, int cpu) throws ReflectiveOperationException {
        return (long) required(Calls.call(instance.getClass(), instance, "slot", cpu));
    }

    private static <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
