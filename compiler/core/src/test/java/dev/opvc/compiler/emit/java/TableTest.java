// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.opvc.compiler.TestPrograms;
import dev.opvc.runtime.Memory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables and chosen values in both forms, against what Java finds one by one. */
class TableTest {
    private static final int CPU = 0;
    private static final int ROUNDS = 3_000;
    private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0};
    private static final long[] WEIGHTS = {-128, 0, 127};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void findsBuckets(String form) throws Exception {
        long seed = Long.getLong("opvc.seed", System.nanoTime());
        System.out.println("TableTest seed " + seed);
        Random random = new Random(seed);
        Durations durations = new Durations(form);
        assertThat(durations.mean(0)).isZero();
        long[] expected = new long[SECONDS.length + 1];
        double sum = 0;
        for (int i = 0; i < ROUNDS; i++) {
            double value = value(random);
            expected[bucket(value)]++;
            sum += value > 0 ? value : 0;
            durations.call("observe", value);
        }

        assertThat(durations.buckets()).as("seed %d", seed).isEqualTo(expected);
        durations.call("setParts", 100, (short) -20_000, 0.1);
        Object cumulated = durations.cumulated();
        long le = 0;
        for (int i = 0; i < expected.length; i++) {
            le += expected[i];
            assertThat(Calls.call(cumulated.getClass(), cumulated, "le", i)).isEqualTo(le);
            assertThat(Calls.call(cumulated.getClass(), cumulated, "plain", i)).isEqualTo(expected[i]);
        }
        assertThat(Calls.call(cumulated.getClass(), cumulated, "small", 2)).isEqualTo(44);
        assertThat(Calls.call(cumulated.getClass(), cumulated, "negative", 2)).isEqualTo((short) 5_536);
        assertThat(Calls.call(cumulated.getClass(), cumulated, "parts", 2)).isEqualTo(0.1 + 0.1 * 0.1 + 0.1 * 0.01);
        assertThat(durations.some(ROUNDS)).isEqualTo(1L);
        assertThat(durations.over(ROUNDS)).isEqualTo(0L);
        assertThat(durations.over(ROUNDS - 1)).isEqualTo(1L);
        assertThat(durations.mean(3)).as("seed %d", seed).isEqualTo(sum / ROUNDS);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> durations.mean(SECONDS.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void choosesAndIndexes(String form) throws Exception {
        Durations durations = new Durations(form);
        Object result = durations.holder("WeighResult");
        for (int size : new int[] {0, 16, 17, 64, 65, 0x8000_0000, 0xFFFF_FFFF}) {
            for (int kind = 0; kind < WEIGHTS.length; kind++) {
                for (boolean negative : new boolean[] {false, true}) {
                    durations.call("weigh", size, kind, negative, result);
                    long weight = negative ? -WEIGHTS[kind] : WEIGHTS[kind];
                    assertThat(Calls.call(result.getClass(), result, "weight")).isEqualTo(weight);
                    long unsigned = Integer.toUnsignedLong(size);
                    int above = unsigned <= 16 ? 0 : unsigned <= 32 ? 1 : unsigned <= 64 ? 2 : 3;
                    assertThat(Calls.call(result.getClass(), result, "class_"))
                            .isEqualTo(unsigned > 0x8000_0000L ? 4 : above);
                }
            }
        }
        for (int kind : new int[] {WEIGHTS.length, -1}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> durations.call("weigh", 1, kind, true, result));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void evaluatesBoth(String form) throws Exception {
        Durations durations = new Durations(form);
        durations.call("observe", 1.0);
        durations.call("observe", 1.0);
        assertThat(durations.call("share", 2L, true)).isEqualTo(2L);
        assertThat(durations.call("share", 2L, false)).isEqualTo(1L);
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> durations.call("share", 0L, true));
    }

    private static double value(Random random) {
        double bound = SECONDS[random.nextInt(SECONDS.length)];
        return switch (random.nextInt(6)) {
            case 0 -> bound;
            case 1 -> random.nextBoolean() ? Math.nextUp(bound) : Math.nextDown(bound);
            case 2 -> random.nextInt(100) == 0 ? Double.NaN : -bound;
            default -> random.nextDouble() * 12;
        };
    }

    private static int bucket(double value) {
        int below = 0;
        while (below < SECONDS.length && !(SECONDS[below] >= value)) {
            below++;
        }
        return below;
    }

    private final class Durations {
        private final String form;
        private final Generated generated;
        private final Class<?> type;
        private final Object instance;

        Durations(String form) throws Exception {
            this.form = form;
            generated = Generated.from(
                    folder,
                    Map.of(
                            "bounds.opv",
                            TestPrograms.read("bounds.opv"),
                            "tables.opv",
                            TestPrograms.read("tables.opv")));
            type = generated.type("com.acme.metrics.Durations");
            instance = Objects.requireNonNull(Calls.call(type, null, "allocate"));
        }

        @Nullable
        Object call(String unit, Object... arguments) throws ReflectiveOperationException {
            return Calls.callOn(CPU, type, instance, unit + form, arguments);
        }

        Object holder(String name) throws ReflectiveOperationException {
            return generated
                    .type("com.acme.metrics.Durations$" + name)
                    .getDeclaredConstructor()
                    .newInstance();
        }

        double mean(int at) throws ReflectiveOperationException {
            Object result = holder("MeanResult");
            Calls.call(type, instance, "mean" + form, CPU, CPU + 1, at, result);
            return (double) Objects.requireNonNull(Calls.call(result.getClass(), result, "mean"));
        }

        Object some(long most) throws ReflectiveOperationException {
            return busy(most, "some");
        }

        Object over(long most) throws ReflectiveOperationException {
            return busy(most, "over");
        }

        Object cumulated() throws ReflectiveOperationException {
            Object result = holder("CumulatedResult");
            Calls.call(type, instance, "cumulated" + form, CPU, CPU + 1, result);
            return result;
        }

        private Object busy(long most, String field) throws ReflectiveOperationException {
            Object result = holder("BusyResult");
            Calls.call(type, instance, "busy" + form, CPU, CPU + 1, most, result);
            return Objects.requireNonNull(Calls.call(result.getClass(), result, field));
        }

        long[] buckets() throws ReflectiveOperationException {
            long slot = (long) Objects.requireNonNull(Calls.call(type, instance, "slot", CPU));
            long[] buckets = new long[SECONDS.length + 1];
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = Memory.getLong(slot + (long) Long.BYTES * i);
            }
            return buckets;
        }
    }
}
