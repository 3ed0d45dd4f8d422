// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.opvc.compiler.TestPrograms;
import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What transactions that read memory do, in both forms: {@code Vector} and {@code Direct}, which tests call by name. */
class FormsTest {
    private static final int CPU = 0;
    private static final int BUCKETS = 32;
    private static final int ROUNDS = 2000;
    private static final int MEMORY_SIZE = 256;
    private static final double[] EDGES = {
        0.0, -0.0, 1.5, -1.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, 1e308
    };

    @TempDir
    private Path folder;

    private long memory;

    @BeforeEach
    void allocate() {
        memory = Memory.allocate(MEMORY_SIZE);
    }

    @AfterEach
    void free() {
        Memory.free(memory);
    }

    @Test
    void histogramIsTheSameInBothFormsAndAsJavaComputesIt() throws Exception {
        long seed = Long.getLong("opvc.seed", System.nanoTime());
        System.out.println("FormsTest seed " + seed);
        Random random = new Random(seed);
        Histogram vector = new Histogram("Vector");
        Histogram direct = new Histogram("Direct");
        double sum = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < ROUNDS; i++) {
            double value = random.nextInt(50) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextGaussian();
            int bucket = random.nextInt(BUCKETS);
            vector.call("record", value, bucket);
            direct.call("record", value, bucket);
            sum += value;
            min = Math.min(min, value);
            max = Math.max(max, value);
            assertThat(direct.bytes()).as("round %d, seed %d", i, seed).isEqualTo(vector.bytes());
            // Bit for bit: 0.0 and -0.0 differ, NaN is itself.
            assertThat((Double) direct.slot("sum")).as("seed %d", seed).isEqualTo(Double.valueOf(sum));
            assertThat((Double) direct.slot("min")).as("seed %d", seed).isEqualTo(Double.valueOf(min));
            assertThat((Double) direct.slot("max")).as("seed %d", seed).isEqualTo(Double.valueOf(max));
        }
        assertThat(vector.slot("count")).isEqualTo((long) ROUNDS);
        for (String form : new String[] {"Vector", "Direct"}) {
            Histogram histogram = form.equals("Vector") ? vector : direct;
            byte[] before = histogram.bytes();
            for (int index : new int[] {BUCKETS, -1, Integer.MIN_VALUE}) {
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> histogram.call("record", 1.0, index));
            }
            assertThat(histogram.bytes()).isEqualTo(before);
            histogram.close();
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> histogram.call("record", 1.0, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void freeListGivesItsNodesBackInTheOrderOfAStack(String form) throws Exception {
        Histogram latency = new Histogram(form);
        Object result = latency.holder("PopResult");
        assertThat(latency.call("pop", result)).isEqualTo(false);
        latency.call("push", memory);
        latency.call("push", memory + 16);
        assertThat(latency.call("pop", result)).isEqualTo(true);
        assertThat(Calls.call(result.getClass(), result, "taken")).isEqualTo(memory + 16);
        assertThat(latency.call("pop", result)).isEqualTo(true);
        assertThat(Calls.call(result.getClass(), result, "taken")).isEqualTo(memory);
        assertThat(latency.call("pop", result)).isEqualTo(false);
        assertThat(Calls.call(result.getClass(), result, "taken"))
                .as("unchanged where nothing was committed")
                .isEqualTo(memory);

        Object allocated = required(Calls.call(latency.type, latency.instance, "popOn", CPU));
        assertThat(Calls.call(allocated.getClass(), allocated, "committed")).isEqualTo(false);
        latency.call("push", memory + 16);
        allocated = required(Calls.call(latency.type, latency.instance, "popOn", CPU));
        assertThat(Calls.call(allocated.getClass(), allocated, "committed")).isEqualTo(true);
        assertThat(Calls.call(allocated.getClass(), allocated, "taken")).isEqualTo(memory + 16);
        latency.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void fetchAddGivesBothValues(String form) throws Exception {
        Histogram latency = new Histogram(form);
        Object result = latency.holder("FetchAddResult");
        latency.call("fetchAdd", 5L, result);
        latency.call("fetchAdd", -2L, result);
        assertThat(Calls.call(result.getClass(), result, "old")).isEqualTo(5L);
        assertThat(Calls.call(result.getClass(), result, "now")).isEqualTo(3L);
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> Calls.call(latency.type, latency.instance, "fetchAddOn", CPU, 1L, null));
        assertThat(latency.slot("count")).isEqualTo(3L);
        latency.close();
    }

    /** Guards stand among reads; what is concluded later counts only if the guards before it hold. */
    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void guardsAmongReadsDecideInTheirOrder(String form) throws Exception {
        Generated generated = Generated.from(folder, """
                transaction step(u64 *state, i32 *level, bool *open, u64 expected, i32 divisor) returns (i32 was) {
                    require *state == expected else CHANGED;
                    require *level < 10 else FULL;
                    require *open else SHUT;
                    let next = *level / divisor;
                    was = *level;
                    *level = next;
                    *state += 1;
                }
                """);
        long level = memory + 8;
        long open = memory + 12;
        Memory.putLong(memory, 7);
        Memory.putInt(level, -9);
        Memory.putByte(open, (byte) 64);
        Class<?> type = generated.type("SampleOps");
        Object result =
                generated.type("SampleOps$StepResult").getDeclaredConstructor().newInstance();
        String step = "step" + form;

        assertThat(Calls.call(type, null, step, CPU, memory, level, open, 8L, 0, result))
                .hasToString("CHANGED");
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Calls.call(type, null, step, CPU, memory, level, open, 7L, 0, result));
        assertThat(Calls.call(type, null, step, CPU, memory, level, open, 7L, 2, result))
                .hasToString("COMMITTED");
        assertThat(Memory.getInt(level)).isEqualTo(-4);
        assertThat(Memory.getLong(memory)).isEqualTo(8);
        assertThat(Calls.call(result.getClass(), result, "was")).isEqualTo(-9);
        Memory.putByte(open, (byte) 0);
        assertThat(Calls.call(type, null, step, CPU, memory, level, open, 8L, 2, result))
                .hasToString("SHUT");
        Memory.putInt(level, 10);
        assertThat(Calls.call(type, null, step, CPU, memory, level, open, 8L, 2, result))
                .hasToString("FULL");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Calls.call(type, null, step, Cpus.possible(), memory, level, open, 8L, 2, result));
        assertThat(Calls.call(result.getClass(), result, "was")).isEqualTo(-9);
    }

    /** Any byte but 0 is true, validated as it is, and stored as 1. */
    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void truthValuesAreReadAsAnyByteAndWrittenAsOne(String form) throws Exception {
        Generated generated = Generated.from(folder, """
                transaction hand_on(bool *from, bool *to) returns (bool was) {
                    let value = *from;
                    *to = value;
                    was = value;
                }
                """);
        for (byte each : new byte[] {0, 1, 2, -1, (byte) 0x80}) {
            Memory.putByte(memory, each);
            assertThat(generated.call("SampleOps", "handOn" + form, CPU, memory, memory + 1))
                    .isEqualTo(each != 0);
            assertThat(Memory.getByte(memory + 1)).isEqualTo((byte) (each == 0 ? 0 : 1));
        }
    }

    /** An instance of the class that the sample becomes, in one form. */
    private final class Histogram {
        private final String form;
        private final Class<?> type;
        private final Class<?> slots;
        private final Object instance;
        private final Generated generated;

        Histogram(String form) throws Exception {
            this.form = form;
            generated = Generated.from(folder, program());
            type = generated.type("com.acme.metrics.Latency");
            slots = generated.type("com.acme.metrics.Latency$Slot");
            instance = required(Calls.call(type, null, "allocate"));
        }

        @Nullable
        Object call(String unit, Object... arguments) throws ReflectiveOperationException {
            return Calls.callOn(CPU, type, instance, unit + form, arguments);
        }

        Object holder(String name) throws ReflectiveOperationException {
            return generated
                    .type("com.acme.metrics.Latency$" + name)
                    .getDeclaredConstructor()
                    .newInstance();
        }

        @Nullable
        Object slot(String field) throws ReflectiveOperationException {
            return Calls.call(slots, null, field, address());
        }

        /** Which NaN a sum is depends on what compiled it, so that any is taken for the same. */
        byte[] bytes() throws ReflectiveOperationException {
            byte[] bytes = new byte[(int) required(slots.getField("SIZE").get(null))];
            long address = address();
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = Memory.getByte(address + i);
            }
            int sum = (int) required(slots.getField("SUM_OFFSET").get(null));
            ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
            numbers.putLong(sum, Double.doubleToLongBits(numbers.getDouble(sum)));
            return bytes;
        }

        private long address() throws ReflectiveOperationException {
            return (long) required(Calls.call(type, instance, "slot", CPU));
        }

        void close() throws Exception {
            ((AutoCloseable) instance).close();
        }
    }

    private static String program() throws Exception {
        return TestPrograms.read("histogram.opv");
    }

    private static <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
