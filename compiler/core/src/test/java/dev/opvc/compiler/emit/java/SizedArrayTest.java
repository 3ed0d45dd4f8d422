// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.opvc.compiler.TestPrograms;
import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays that are given their length when they are allocated, in both forms. */
class SizedArrayTest {
    private static final int CPU = 0;
    private static final int MOST = 200;
    private static final int SHORT = 3;

    @TempDir
    private Path folder;

    private Generated generated;

    @BeforeEach
    void compile() throws Exception {
        generated = Generated.from(folder, TestPrograms.read("sized.opv"));
    }

    @Test
    void lengthsAreHeldToTheirLargest() throws Exception {
        for (int wrong : new int[] {0, -1, MOST + 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> allocate("Hist", wrong))
                    .withMessage("n is " + wrong + "; it must be 1 to " + MOST);
        }
        for (int right : new int[] {1, MOST}) {
            Object hist = allocate("Hist", right);
            assertThat(call(hist, "bucketLength")).isEqualTo(right);
            long slot = slot(hist);
            assertThat(Calls.call(slots("Hist"), null, "n", slot)).isEqualTo(right);
            Calls.call(slots("Hist"), null, "bucket", slot, right - 1, 5L);
            assertThat(Calls.call(slots("Hist"), null, "n", slot)).isEqualTo(right);
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> Calls.call(slots("Hist"), null, "bucket", slot, right, 5L));
            ((AutoCloseable) hist).close();
            assertThat(call(hist, "bucketLength")).isEqualTo(right);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void indicesAreHeldToTheInstance(String form) throws Exception {
        Object hist = allocate("Hist", SHORT);
        for (int i = 0; i < SHORT; i++) {
            callOn(hist, "observe" + form, i);
        }
        isOutside(() -> callOn(hist, "observe" + form, SHORT));
        isOutside(() -> callOn(hist, "observe" + form, -1));
        isOutside(() -> callOn(hist, "count" + form, SHORT, 1L));
        isOutside(() -> callOn(hist, "signedIndex" + form, -1L));
        isOutside(() -> callOn(hist, "signedIndex" + form, 1L << 32));
        assertThat(callOn(hist, "signedIndex" + form, 2L)).isEqualTo(1L);
        isOutside(() -> callOn(hist, "fifth" + form));
        assertThat(callOn(hist, "fifthIf" + form)).isEqualTo(false);
        assertThat(callOn(hist, "last" + form)).isEqualTo(SHORT);
        assertThat(Calls.call(slots("Hist"), null, "bucket", slot(hist), 2)).isEqualTo(8L);
        assertThat(Calls.call(slots("Hist"), null, "count", slot(hist))).isEqualTo((long) SHORT);
        Object more = allocate("Hist", 5);
        callOn(more, "fifth" + form);
        assertThat(callOn(more, "fifthIf" + form)).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void everyElementBeginsAsItsFieldSays(String form) throws Exception {
        Object floors = allocate("Floors", SHORT);
        Object spans = allocate("Spans", SHORT);
        for (int i = 0; i < SHORT; i++) {
            assertThat(Calls.call(slots("Floors"), null, "low", slot(floors), i))
                    .isEqualTo(Double.POSITIVE_INFINITY);
        }
        callOn(floors, "lower" + form, SHORT - 1, 2.0);
        assertThat(Calls.call(slots("Floors"), null, "low", slot(floors), SHORT - 1))
                .isEqualTo(2.0);
        callOn(floors, "forget" + form, SHORT - 1);
        assertThat(Calls.call(slots("Floors"), null, "low", slot(floors), SHORT - 1))
                .isEqualTo(Double.POSITIVE_INFINITY);
        isOutside(() -> callOn(floors, "forget" + form, SHORT));
        callOn(spans, "narrow" + form, 0, 3.0);
        assertThat(callOn(spans, "widen" + form, 0)).isEqualTo(Double.POSITIVE_INFINITY);
        callOn(spans, "narrow" + form, SHORT - 1, 3.0);
        long last = slot(spans) + 16 + 16L * (SHORT - 1);
        assertThat(Memory.getDouble(last)).isEqualTo(3.0);
        assertThat(Memory.getLong(last + 8)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void copiesAreHeldToTheInstance(String form) throws Exception {
        Object hist = allocate("Hist", SHORT);
        long memory = slot(allocate("Labels", 1000));
        for (int i = 0; i < MOST; i++) {
            Memory.putLong(memory + (long) Long.BYTES * i, i + 100L);
        }
        callOn(hist, "fill" + form, memory);
        assertThat(Calls.call(slots("Hist"), null, "bucket", slot(hist), 2)).isEqualTo(102L);
        callOn(hist, "copy" + form, 1, memory, 16);
        assertThat(Calls.call(slots("Hist"), null, "bucket", slot(hist), 2)).isEqualTo(101L);
        isOutside(() -> callOn(hist, "copy" + form, 1, memory, 17));
        isOutside(() -> callOn(hist, "copy" + form, SHORT, memory, 0));
        callOn(hist, "copyOut" + form, memory, SHORT * Long.BYTES);
        isOutside(() -> callOn(hist, "copyOut" + form, memory, SHORT * Long.BYTES + 1));
        callOn(hist, "head" + form, memory, 16);
        isOutside(() -> callOn(hist, "head" + form, memory, 17));
        assertThat(Calls.call(generated.type("com.acme.metrics.Hist"), hist, "rawOn", CPU, 2, memory))
                .isEqualTo(0);
        isOutside(() -> Calls.call(generated.type("com.acme.metrics.Hist"), hist, "rawOn", CPU, SHORT, memory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void elementsMayBeOfAnyType(String form) throws Exception {
        Object labels = allocate("Labels", 1000);
        callOn(labels, "record" + form, 999, 2.5);
        isOutside(() -> callOn(labels, "record" + form, 1000, 2.5));
        assertThat(resultOf(
                        "Labels",
                        "OfSeriesResult",
                        "count",
                        result -> call(labels, "ofSeries" + form, 0, Cpus.possible(), 999, result)))
                .isEqualTo(1L);

        Object few = allocate("Hist", 2);
        Object many = allocate("Hist", 5);
        Calls.call(slots("Hist"), null, "bucket", slot(few), 1, 4L);
        callOn(few, "move" + form, many, labels, 1);
        assertThat(Calls.call(slots("Hist"), null, "bucket", slot(many), 1)).isEqualTo(4L);
        isOutside(() -> callOn(few, "move" + form, many, labels, 2));
        isOutside(() -> callOn(many, "move" + form, few, labels, 2));

        Object rows = allocate("Rows", 2);
        callOn(rows, "setRow" + form, 1, 2, 7);
        isOutside(() -> callOn(rows, "setRow" + form, 2, 0, 7));
        assertThat(resultOf(
                        "Rows",
                        "RowResult",
                        "sums",
                        result -> call(rows, "row" + form, 0, Cpus.possible(), 1, result),
                        2))
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void queriesGiveTheInstance(String form) throws Exception {
        Object hist = allocate("Hist", SHORT);
        Object labels = allocate("Labels", 2);
        callOn(hist, "observe" + form, 1);
        callOn(hist, "observe" + form, 2);
        Object total = holder("Hist", "TotalResult");
        assertThat(call(total, "bucketLength")).isEqualTo(0);
        call(hist, "total" + form, 0, Cpus.possible(), labels, 1, total);
        assertThat(call(total, "bucketLength")).isEqualTo(SHORT);
        assertThat(call(total, "bucket", 1)).isEqualTo(1L);
        assertThat(call(total, "lengths")).isEqualTo(SHORT * 1000L + 2);
        isOutside(() -> call(total, "bucket", SHORT));
        isOutside(() -> call(hist, "total" + form, 0, Cpus.possible(), labels, 2, total));
        assertThat(call(total, "bucket", 2)).isEqualTo(1L);

        Object longer = allocate("Hist", MOST);
        callOn(longer, "observe" + form, MOST - 1);
        Object cumulated = holder("Hist", "CumulatedResult");
        call(longer, "cumulated" + form, 0, Cpus.possible(), cumulated);
        assertThat(call(cumulated, "leLength")).isEqualTo(MOST);
        assertThat(call(cumulated, "le", MOST - 1)).isEqualTo(1L);
        call(hist, "cumulated" + form, 0, Cpus.possible(), cumulated);
        assertThat(call(cumulated, "leLength")).isEqualTo(SHORT);
        assertThat(call(cumulated, "le", 2)).isEqualTo(2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void conditionsKeepFromBehindTheEnd(String form) throws Exception {
        Object hist = allocate("Hist", SHORT);
        Object chosen = holder("Hist", "ChosenResult");
        isOutside(() -> call(hist, "chosen" + form, 0, Cpus.possible(), 1, chosen));
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            long slot = (long) Objects.requireNonNull(call(hist, "slot", cpu));
            Calls.call(slots("Hist"), null, "count", slot, 5L);
        }
        call(hist, "chosen" + form, 0, Cpus.possible(), SHORT, chosen);
        assertThat(call(chosen, "fifth")).isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void drainsSetTheInstanceBack(String form) throws Exception {
        Object hist = allocate("Hist", SHORT);
        Object bytes = allocate("Bytes", 5);
        callOn(hist, "observe" + form, 2);
        callOn(bytes, "setFlag" + form, 4, true);
        Object taken = holder("Hist", "TakeResult");
        call(hist, "take" + form, 0, Cpus.possible(), bytes, taken);
        assertThat(call(taken, "bucket", 2)).isEqualTo(1L);
        assertThat(call(taken, "flag", 4)).isEqualTo(true);
        assertThat(call(taken, "flagLength")).isEqualTo(5);
        call(hist, "take" + form, 0, Cpus.possible(), bytes, taken);
        assertThat(call(taken, "bucket", 2)).isEqualTo(0L);
        assertThat(call(taken, "flag", 4)).isEqualTo(false);
        assertThat(Calls.call(slots("Hist"), null, "n", slot(hist))).isEqualTo(SHORT);
        Calls.call(slots("Hist"), null, "bucket", slot(hist), 1, 6L);
        assertThat(call(hist, "takeOne" + form, 0, Cpus.possible(), 1)).isEqualTo(6L);
        isOutside(() -> call(hist, "takeOne" + form, 0, Cpus.possible(), SHORT));
    }

    private interface Work {
        void run() throws Exception;
    }

    private interface Query {
        void run(Object result) throws Exception;
    }

    private static void isOutside(Work work) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(work::run);
    }

    private @Nullable Object resultOf(String owner, String holder, String result, Query query, Object... index)
            throws Exception {
        Object results = holder(owner, holder);
        query.run(results);
        return call(results, result, index);
    }

    private Object allocate(String type, int length) throws ReflectiveOperationException {
        return Objects.requireNonNull(Calls.call(generated.type("com.acme.metrics." + type), null, "allocate", length));
    }

    private Class<?> slots(String type) throws ReflectiveOperationException {
        return generated.type("com.acme.metrics." + type + "$Slot");
    }

    private Object holder(String type, String name) throws ReflectiveOperationException {
        return generated
                .type("com.acme.metrics." + type + "$" + name)
                .getDeclaredConstructor()
                .newInstance();
    }

    private static long slot(Object instance) throws ReflectiveOperationException {
        return (long) Objects.requireNonNull(call(instance, "slot", CPU));
    }

    private static @Nullable Object call(Object instance, String method, Object... arguments)
            throws ReflectiveOperationException {
        return Calls.call(instance.getClass(), instance, method, arguments);
    }

    private static @Nullable Object callOn(Object instance, String method, Object... arguments)
            throws ReflectiveOperationException {
        return Calls.callOn(CPU, instance.getClass(), instance, method, arguments);
    }
}
