// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import dev.opvc.runtime.MemoryFaultException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What generated classes do when they run. */
class BehaviourTest {
    private static final int CPU = 0;
    private static final int IMPOSSIBLE_CPU = Cpus.possible();
    private static final int MEMORY_SIZE = 256;

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
    void guardedUpdateHappensOrDoesNot() throws Exception {
        Generated generated = Generated.from(folder, """
                transaction bump_and_copy(u64 *a, u64 x, u64 *b, byte *dst, byte *src) {
                    if *a == x then
                        *b += 1;
                        memcpy(dst, src, 64);
                }
                """);
        long b = memory + 8;
        long dst = memory + 16;
        long src = memory + 128;
        Memory.putLong(memory, -7);
        Memory.putLong(src + 56, 99);

        assertThat(generated.call("SampleOps", "bumpAndCopy", CPU, memory, -8L, b, dst, src))
                .isEqualTo(false);
        assertThat(Memory.getLong(b)).isZero();
        assertThat(Memory.getLong(dst + 56)).isZero();

        assertThat(generated.call("SampleOps", "bumpAndCopy", CPU, memory, -7L, b, dst, src))
                .isEqualTo(true);
        assertThat(Memory.getLong(b)).isEqualTo(1);
        assertThat(Memory.getLong(dst + 56)).isEqualTo(99);

        assertThatExceptionOfType(MemoryFaultException.class)
                .isThrownBy(() -> generated.call("SampleOps", "bumpAndCopyVector", CPU, 8L, -7L, b, dst, src));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> generated.call("SampleOps", "bumpAndCopy", IMPOSSIBLE_CPU, memory, -7L, b, dst, src));
        assertThat(Memory.getLong(b)).isEqualTo(1);
    }

    @Test
    void nullIsRefusedWhereItIsSurelyFollowed() throws Exception {
        Generated generated = Generated.from(folder, """
                transaction move(u64 *from, u64 *to, byte *spare, u32 length max 8, u64 *perhaps) returns (u64 *kept) {
                    *to = *from;
                    memcpy(spare, from, length);
                    if perhaps != null then { *perhaps = 5; } else {}
                    kept = perhaps;
                }
                """);
        long to = memory + 8;
        Memory.putLong(memory, 7);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> generated.call("SampleOps", "move", CPU, 0L, to, 0L, 0, 0L))
                .withMessage("from is null");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> generated.call("SampleOps", "move", CPU, memory, 0L, 0L, 0, 0L))
                .withMessage("to is null");
        assertThat(Memory.getLong(to)).isZero();
        assertThat(generated.call("SampleOps", "move", CPU, memory, to, 0L, 0, 0L))
                .isEqualTo(0L);
        assertThat(Memory.getLong(to)).isEqualTo(7);
    }

    @Test
    void rawVectorGivesItsOwnResult() throws Exception {
        Generated generated = Generated.from(folder, """
                vector cmpxchg(byte *v, byte *expect, byte *old, byte *desired, u32 len max 8) {
                    memcpy(old, v, len);
                    compare_eq(v, expect, len);
                    memcpy(v, desired, len);
                }
                """);
        long expect = memory + 8;
        long old = memory + 16;
        long desired = memory + 24;
        Memory.putInt(memory, 5);
        Memory.putInt(desired, 6);

        assertThat(generated.call("SampleOps", "cmpxchg", CPU, memory, expect, old, desired, 4))
                .isEqualTo(2);
        assertThat(Memory.getInt(old)).isEqualTo(5);
        assertThat(Memory.getInt(memory)).isEqualTo(5);

        assertThat(generated.call("SampleOps", "cmpxchg", CPU, memory, old, old, desired, 4))
                .isEqualTo(0);
        assertThat(Memory.getInt(memory)).isEqualTo(6);

        int efault = 14;
        assertThat(generated.call("SampleOps", "cmpxchg", CPU, 8L, expect, old, desired, 4))
                .isEqualTo(-efault);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> generated.call("SampleOps", "cmpxchg", CPU, memory, expect, old, desired, 9))
                .withMessage("len is 9; it must be at most 8");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> generated.call("SampleOps", "cmpxchg", CPU, memory, expect, old, desired, -1))
                .withMessageContaining("4294967295");
    }

    /** A conclusion is returned only if the guards before it hold. */
    @Test
    void guardsGoBeforeWhatThePreparationConcludes() throws Exception {
        Generated generated = Generated.from(folder, """
                transaction take(u64 *word, u64 expected, u32 n, u32 divisor) {
                    require n != 1 else FIRST;
                    require *word == expected else GUARD;
                    require n != 2 else SECOND;
                    require *word != 77 else SEVENS;
                    *word = u64(n / divisor);
                }
                """);
        Memory.putLong(memory, 5);

        assertThat(outcome(generated, 5L, 1, 1)).isEqualTo("FIRST");
        assertThat(outcome(generated, 6L, 1, 1)).isEqualTo("FIRST");
        assertThat(outcome(generated, 5L, 2, 1)).isEqualTo("SECOND");
        assertThat(outcome(generated, 6L, 2, 1)).isEqualTo("GUARD");
        assertThat(outcome(generated, 6L, 3, 0)).isEqualTo("GUARD");
        assertThat(Memory.getLong(memory)).isEqualTo(5);
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> outcome(generated, 5L, 3, 0));
        assertThat(outcome(generated, 5L, -1, 2)).isEqualTo("COMMITTED");
        assertThat(Memory.getLong(memory)).isEqualTo(0x7FFFFFFFL);
        Memory.putLong(memory, 77);
        assertThat(outcome(generated, 77L, 3, 0)).isEqualTo("SEVENS");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> generated.call("SampleOps", "take", IMPOSSIBLE_CPU, memory, 77L, 1, 1));
    }

    private String outcome(Generated generated, long expected, int n, int divisor) throws Exception {
        return String.valueOf(generated.call("SampleOps", "take", CPU, memory, expected, n, divisor));
    }

    @Test
    void oneOutcomeIsABooleanAlsoBeforeAndBehindGuards() throws Exception {
        Generated generated = Generated.from(folder, """
                transaction put(u64 *word, u64 expected, bool wanted, bool *flag) {
                    require wanted else NO;
                    require *word == expected else NO;
                    require expected < 10 else NO;
                    *flag = wanted;
                    *word <<= 4;
                }
                """);
        long flag = memory + 8;
        Memory.putLong(memory, 3);

        assertThat(generated.call("SampleOps", "put", CPU, memory, 3L, false, flag))
                .isEqualTo(false);
        assertThat(generated.call("SampleOps", "put", CPU, memory, 4L, true, flag))
                .isEqualTo(false);
        assertThat(Memory.getByte(flag)).isZero();
        assertThat(generated.call("SampleOps", "put", CPU, memory, 3L, true, flag))
                .isEqualTo(true);
        assertThat(Memory.getByte(flag)).isEqualTo((byte) 1);
        assertThat(Memory.getLong(memory)).isEqualTo(0x30);
        assertThat(generated.call("SampleOps", "put", CPU, memory, 0x30L, true, flag))
                .isEqualTo(false);
        assertThat(Memory.getLong(memory)).isEqualTo(0x30);
    }

    @Test
    void perCpuClassWorksOnSlots() throws Exception {
        Generated generated = Generated.from(folder, """
                package a.b;
                const LENGTH = 4;
                struct Pair { u16 low; i64 high; }
                percpu struct Table {
                    u64 count = 40;
                    f64 smallest = inf;
                    f32 ratio = -0.25;
                    i8 small = -3;
                    i16 shorter = -300;
                    u32 large = 0xFFFFFFFF;
                    bool on = true;
                    Pair pairs[LENGTH];
                    u8 grid[2][3];
                }
                transaction record(percpu Table t, u32 index, u16 low, i64 high, f64 value, f32 ratio) {
                    t->count += 2;
                    t->pairs[index].low = low;
                    t->pairs[index].high = high;
                    t->smallest = value;
                    t->ratio = ratio;
                    t->grid[1][index] = 200;
                }
                transaction move(percpu Table from, percpu Table to, u64 n) {
                    from->count -= n;
                    to->count += n;
                }
                """);
        Class<?> table = generated.type("a.b.Table");
        Class<?> slots = generated.type("a.b.Table$Slot");
        AutoCloseable first = (AutoCloseable) required(Calls.call(table, null, "allocate"));
        AutoCloseable second = (AutoCloseable) required(Calls.call(table, null, "allocate"));
        long slot = (long) required(Calls.call(table, first, "slot", CPU));
        long other = (long) required(Calls.call(table, second, "slot", CPU));

        assertThat(Calls.call(slots, null, "count", slot)).isEqualTo(40L);
        assertThat(Calls.call(slots, null, "smallest", slot)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Calls.call(slots, null, "ratio", slot)).isEqualTo(-0.25f);
        assertThat(Calls.call(slots, null, "small", slot)).isEqualTo((byte) -3);
        assertThat(Calls.call(slots, null, "shorter", slot)).isEqualTo((short) -300);
        assertThat(Calls.call(slots, null, "large", slot)).isEqualTo(-1);
        assertThat(Calls.call(slots, null, "on", slot)).isEqualTo(true);

        Calls.call(table, first, "recordOn", CPU, 2, 0x1FFFF, -9L, 1.5, 2.5f);
        Calls.call(table, first, "moveOn", CPU, second, 41L);

        assertThat(Calls.call(slots, null, "count", slot)).isEqualTo(1L);
        assertThat(Calls.call(slots, null, "count", other)).isEqualTo(81L);
        assertThat(Calls.call(slots, null, "smallest", slot)).isEqualTo(1.5);
        assertThat(Calls.call(slots, null, "ratio", slot)).isEqualTo(2.5f);
        assertThat(Memory.getByte(
                        slot + (int) required(slots.getField("GRID_OFFSET").get(null)) + 5))
                .isEqualTo((byte) 200);
        long pair = slot
                + (int) required(slots.getField("PAIRS_OFFSET").get(null))
                + 2L
                        * (int) required(
                                generated.type("a.b.Pair").getField("SIZE").get(null));
        assertThat(generated.call("a.b.Pair", "low", pair)).isEqualTo(0xFFFF);
        assertThat(generated.call("a.b.Pair", "high", pair)).isEqualTo(-9L);

        for (int index : new int[] {4, 3, -1}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> Calls.call(table, first, "record", index, 1, 1L, 1.5, 2.5f));
        }
        assertThat(Calls.call(slots, null, "count", slot)).isEqualTo(1L);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Calls.call(table, first, "moveOn", IMPOSSIBLE_CPU, second, 41L));

        second.close();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Calls.call(table, first, "move", second, 41L));
        first.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> Calls.call(table, first, "slot", CPU));
    }

    @Test
    void accessorsReadWhatTheyWrote() throws Exception {
        Generated generated = Generated.from(folder, """
                struct Inner { u8 a; i16 b[2][3]; }
                struct All {
                    u8 a; u16 b; u32 c; u64 d; i8 e; i16 f; i32 g; i64 h;
                    f32 i; f64 j; bool k; byte l; uptr m; All *n; Inner o; Inner p[3];
                }
                """);
        Object[][] written = {
            {"a", 0x1FE, 0xFE},
            {"b", -2, 0xFFFE},
            {"c", -3, -3},
            {"d", -4L, -4L},
            {"e", (byte) -5, (byte) -5},
            {"f", (short) -6, (short) -6},
            {"g", -7, -7},
            {"h", -8L, -8L},
            {"i", 1.5f, 1.5f},
            {"j", -2.5, -2.5},
            {"k", true, true},
            {"l", 255, 255},
            {"m", 12L, 12L},
            {"n", 13L, 13L},
        };
        for (Object[] each : written) {
            generated.call("All", (String) each[0], memory, each[1]);
        }
        for (Object[] each : written) {
            assertThat(generated.call("All", (String) each[0], memory))
                    .as("%s", each)
                    .isEqualTo(each[2]);
        }
        long inner = (long) required(generated.call("All", "p", memory, 2));
        assertThat(inner - (long) required(generated.call("All", "p", memory)))
                .isEqualTo(2L
                        * (int) required(
                                generated.type("Inner").getField("SIZE").get(null)));
        generated.call("Inner", "b", inner, 1, 2, (short) -9);
        assertThat(generated.call("Inner", "b", inner, 1, 2)).isEqualTo((short) -9);
        assertThat(Memory.getShort(inner + 2 + 10)).isEqualTo((short) -9);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> generated.call("Inner", "b", inner, 1, 3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> generated.call("All", "p", memory, -1));
    }

    @Test
    void lengthsStayWithinTheirPlaces() throws Exception {
        Generated generated = Generated.from(folder, """
                struct Buffer { u64 head; u32 data[6]; }
                transaction fill(Buffer *b, u32 index, byte *src, u32 len max 32) {
                    memcpy(&b->data[index], src, len);
                }
                transaction fill_from(Buffer *b, u64 index, byte *src) {
                    memcpy(&b->data[index], src, 8);
                }
                """);
        long src = memory + 64;
        Memory.putLong(src, 0x0102030405060708L);

        generated.call("SampleOps", "fill", CPU, memory, 4, src, 8);
        assertThat(Memory.getLong(memory + 8 + 16)).isEqualTo(0x0102030405060708L);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> generated.call("SampleOps", "fill", CPU, memory, 4, src, 9))
                .withMessageContaining("bytes left: 8");
        generated.call("SampleOps", "fillFrom", CPU, memory, 0L, src);
        assertThat(Memory.getLong(memory + 8)).isEqualTo(0x0102030405060708L);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> generated.call("SampleOps", "fillFrom", CPU, memory, 5L, src));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> generated.call("SampleOps", "fillFrom", CPU, memory, 1L << 32, src));
    }

    @Test
    void operationsOfRawVectorsDoWhatTheySay() throws Exception {
        Generated generated = Generated.from(folder, """
                vector all(u32 *p, i64 n, u64 mask, u32 bits, u32 cell) {
                    add(p, n, 4);
                    or(p, mask, 4);
                    lshift(p, bits, 4);
                    barrier;
                    compare_ne(p, &cell, 4);
                    compare_eq(&cell, &cell, 4);
                    xor(p, 1, 4);
                    rshift(p, 1, 4);
                    and(p, 0xFF, 4);
                }
                """);
        Memory.putInt(memory, 10);

        assertThat(generated.call("SampleOps", "all", CPU, memory, -4L, 1L, 4, 0x70))
                .isEqualTo(5);
        assertThat(Memory.getInt(memory)).isEqualTo(0x70);
        assertThat(generated.call("SampleOps", "all", CPU, memory, 0L, 0L, 0, 0))
                .isEqualTo(0);
        assertThat(Memory.getInt(memory)).isEqualTo(0x71 >> 1);
    }

    @Test
    void shiftCountsAreChecked() throws Exception {
        Generated generated = Generated.from(folder, """
                transaction shift(u16 *p, u16 n, u8 count) {
                    *p = n << count;
                }
                transaction shift_place(u64 *p, u64 count) {
                    *p >>= count;
                }
                """);
        generated.call("SampleOps", "shift", CPU, memory, 3, 15);
        assertThat(Memory.getShort(memory)).isEqualTo(Short.MIN_VALUE);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> generated.call("SampleOps", "shift", CPU, memory, 3, 16));
        Memory.putLong(memory, Long.MIN_VALUE);
        generated.call("SampleOps", "shiftPlace", CPU, memory, 63L);
        assertThat(Memory.getLong(memory)).isEqualTo(1);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> generated.call("SampleOps", "shiftPlace", CPU, memory, (1L << 32) + 1));
    }

    @Test
    void constantsKeepTheirValues() throws Exception {
        Generated generated = Generated.from(folder, """
                const SMALL = -5;
                const WIDE = 0xFFFFFFFF;
                const PATTERN = 0xFFFFFFFFFFFFFFFF;
                const HUGE = 0x10000000000000000;
                const LOWEST = -9223372036854775808;
                const THIRD = 0.1;
                const TINY = 1e-400;
                const BELOW = -inf;
                const ODD = nan;
                const YES = true;
                """);
        Class<?> type = generated.type("SampleOps");
        assertThat(type.getField("SMALL").getInt(null)).isEqualTo(-5);
        assertThat(type.getField("WIDE").get(null)).isEqualTo(0xFFFFFFFFL);
        assertThat(type.getField("PATTERN").get(null)).isEqualTo(-1L);
        assertThat(type.getField("HUGE").get(null)).isEqualTo(java.math.BigInteger.ONE.shiftLeft(64));
        assertThat(type.getField("LOWEST").get(null)).isEqualTo(Long.MIN_VALUE);
        assertThat(type.getField("THIRD").get(null)).isEqualTo(0.1);
        assertThat(type.getField("TINY").get(null)).isEqualTo(0.0);
        assertThat(type.getField("BELOW").get(null)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(type.getField("ODD").get(null)).isEqualTo(Double.NaN);
        assertThat(type.getField("YES").get(null)).isEqualTo(true);
    }

    private static Object required(@Nullable Object value) {
        return Objects.requireNonNull(value);
    }
}
