// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.opvc.compiler.TestPrograms;
import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What slots begin with, and what both forms set them back to. */
class InitialValueTest {
    private static final int ROUNDS = 30;
    private static final int MARK = 0x01020304;
    private static final int LAST = Cpus.possible() - 1;

    @TempDir
    private Path folder;

    private final Random random = new Random(1);
    private Generated generated;
    private Class<?> type;
    private Class<?> slots;
    private Class<?> extents;
    private Object window;

    @BeforeEach
    void allocate() throws Exception {
        generated = Generated.from(folder, TestPrograms.read("initials.opv"));
        type = generated.type("com.acme.windows.Window");
        slots = generated.type("com.acme.windows.Window$Slot");
        extents = generated.type("com.acme.windows.Extent");
        window = Objects.requireNonNull(Calls.call(type, null, "allocate"));
    }

    @Test
    void slotsBeginWithThem() throws Exception {
        Object looked = holder("LookResult");
        Calls.call(type, window, "lookDirect", 0, Cpus.possible(), looked);
        assertThat(of(looked, "least")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(of(looked, "level")).isEqualTo(-2L * Cpus.possible());
        for (int cpu = 0; cpu <= LAST; cpu++) {
            long slot = slot(cpu);
            assertThat(Calls.call(slots, null, "turn", slot)).isEqualTo(1L);
            assertThat(Calls.call(slots, null, "level", slot, 1, 2)).isEqualTo((short) -2);
            assertThat(Calls.call(slots, null, "many", slot, 99)).isEqualTo(7);
            assertThat(Calls.call(slots, null, "buckets", slot, 31)).isEqualTo(0L);
            long extent = (long) Objects.requireNonNull(Calls.call(slots, null, "extents", slot, 3));
            assertThat(Calls.call(extents, null, "most", extent)).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(Calls.call(extents, null, "marks", extent, 2)).isEqualTo(MARK);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void transactionsSetBackAllOrNothing(String form) throws Exception {
        byte[] fresh = bytes(LAST);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] expected = scramble(LAST);
            int i = random.nextInt(4);
            setBack(expected, fresh, offset("EXTENTS") + i * size(extents), size(extents));
            setBack(expected, fresh, offset("LEVEL") + 6, 6);
            setBack(expected, fresh, offset("BUCKETS"), 32 * Long.BYTES);
            setBack(expected, fresh, offset("MANY"), 100 * Integer.BYTES);
            setBack(expected, fresh, offset("LAST"), size(extents));
            setBack(expected, fresh, offset("TURN"), Long.BYTES);
            Object result = holder("PartResult");
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> Calls.call(type, window, "part" + form, LAST, 4, result));
            Calls.call(type, window, "part" + form, LAST, i, result);
            assertThat(bytes(LAST)).isEqualTo(expected);
            assertThat(of(result, "most")).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(of(result, "mark")).isEqualTo(MARK + 1);
            assertThat(Calls.call(type, window, "refused" + form, LAST, 3L)).isEqualTo(false);
            assertThat(bytes(LAST)).isEqualTo(expected);
            Calls.call(type, window, "whole" + form, LAST);
            assertThat(bytes(LAST)).isEqualTo(fresh);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void whatPointersLeadToIsSetBack(String form) throws Exception {
        byte[] fresh = bytes(LAST);
        long memory = Memory.allocate(size(extents) + Long.BYTES);
        for (int at = 0; at < size(extents) + Long.BYTES; at++) {
            Memory.putByte(memory + at, (byte) 0x5A);
        }
        Calls.call(type, window, "behind" + form, LAST, memory, memory + size(extents));
        for (int at = 0; at < size(extents); at++) {
            assertThat(Memory.getByte(memory + at)).isEqualTo(fresh[offset("LAST") + at]);
        }
        assertThat(Memory.getLong(memory + size(extents))).isZero();
        Memory.free(memory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "Direct"})
    void drainsSetBackWhatIsNested(String form) throws Exception {
        byte[] fresh = bytes(LAST);
        long extent = (long) Objects.requireNonNull(Calls.call(slots, null, "extents", slot(LAST), 2));
        Calls.call(extents, null, "least", extent, 4.5);
        Calls.call(slots, null, "many", slot(LAST), 99, 8);
        Object drained = holder("TakeResult");
        Calls.call(type, window, "take" + form, 0, Cpus.possible(), drained);
        assertThat(of(drained, "least")).isEqualTo(4.5);
        assertThat(Calls.call(drained.getClass(), drained, "many", 99)).isEqualTo(8);
        assertThat(Calls.call(drained.getClass(), drained, "marks", 0)).isEqualTo(MARK);
        assertThat(bytes(LAST)).isEqualTo(fresh);
    }

    private byte[] scramble(int cpu) throws Exception {
        byte[] bytes = bytes(cpu);
        random.nextBytes(bytes);
        for (int at = 0; at < bytes.length; at++) {
            Memory.putByte(slot(cpu) + at, bytes[at]);
        }
        return bytes;
    }

    private byte[] bytes(int cpu) throws Exception {
        byte[] bytes = new byte[size(slots)];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = Memory.getByte(slot(cpu) + at);
        }
        return bytes;
    }

    private static void setBack(byte[] bytes, byte[] fresh, int offset, int length) {
        System.arraycopy(fresh, offset, bytes, offset, length);
    }

    private int offset(String field) throws ReflectiveOperationException {
        return Math.toIntExact(((Number) slots.getField(field + "_OFFSET").get(null)).longValue());
    }

    private static int size(Class<?> layout) throws ReflectiveOperationException {
        return Math.toIntExact(((Number) layout.getField("SIZE").get(null)).longValue());
    }

    private static Object of(Object holder, String result) throws ReflectiveOperationException {
        return Objects.requireNonNull(Calls.call(holder.getClass(), holder, result));
    }

    private Object holder(String name) throws ReflectiveOperationException {
        return generated
                .type("com.acme.windows.Window$" + name)
                .getDeclaredConstructor()
                .newInstance();
    }

    private long slot(int cpu) throws ReflectiveOperationException {
        return (long) Objects.requireNonNull(Calls.call(type, window, "slot", cpu));
    }
}
