// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.runtime.Memory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Floats, conversions and functions against exact arithmetic, in both forms. Seeds are printed. */
class NumbersTest {
    private static final int CPU = 0;
    private static final int ROUNDS = 3000;
    private static final int MEMORY_SIZE = 256;
    private static final String[] FORMS = {"Vector", "Direct"};
    private static final double[] EDGES = {
        0.0,
        -0.0,
        0.5,
        -0.5,
        -1.0,
        127.9,
        128.0,
        -128.9,
        -129.0,
        255.9,
        256.0,
        65535.5,
        65536,
        0x1p31,
        -0x1p31,
        0x1p32,
        0x1.fffffffep31,
        0x1p63,
        Math.nextDown(0x1p63),
        Math.nextUp(0x1p63),
        -0x1p63,
        0x1p64,
        Math.nextDown(0x1p64),
        1e300,
        -1e300,
        Double.MIN_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
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
    void floatsBecomeIntegersByTruncationAndSaturation() throws Exception {
        Generated generated = Generated.from(folder, """
                struct Out { i64 a; u64 b; i32 c; u32 d; i16 e; u16 f; i8 g; u8 h; f32 i; }
                transaction convert(Out *o, f64 *x) {
                    let v = *x;
                    o->a = i64(v); o->b = u64(v); o->c = i32(v); o->d = u32(v);
                    o->e = i16(v); o->f = u16(v); o->g = i8(v); o->h = u8(v); o->i = f32(v);
                }
                transaction convert_short(Out *o, f32 v) {
                    o->a = i64(v); o->b = u64(v); o->c = i32(v); o->d = u32(v);
                    o->e = i16(v); o->f = u16(v); o->g = i8(v); o->h = u8(v); o->i = v;
                }
                """);
        Random random = random();
        long x = memory + 128;
        for (int i = 0; i < ROUNDS; i++) {
            double value = i < EDGES.length ? EDGES[i] : Math.scalb(random.nextGaussian(), random.nextInt(80) - 5);
            Memory.putDouble(x, value);
            for (String form : FORMS) {
                generated.call("SampleOps", "convert" + form, CPU, memory, x);
                assertSaturated(value);
                assertThat(Float.floatToIntBits(Memory.getFloat(memory + 32)))
                        .isEqualTo(Float.floatToIntBits((float) value));
                generated.call("SampleOps", "convertShort" + form, CPU, memory, (float) value);
                assertSaturated((float) value);
            }
        }
    }

    private void assertSaturated(double value) {
        assertThat(Memory.getLong(memory)).as("i64(%s)", value).isEqualTo(saturated(value, 64, true));
        assertThat(Memory.getLong(memory + 8)).as("u64(%s)", value).isEqualTo(saturated(value, 64, false));
        assertThat(Memory.getInt(memory + 16)).as("i32(%s)", value).isEqualTo((int) saturated(value, 32, true));
        assertThat(Memory.getInt(memory + 20)).as("u32(%s)", value).isEqualTo((int) saturated(value, 32, false));
        assertThat(Memory.getShort(memory + 24)).as("i16(%s)", value).isEqualTo((short) saturated(value, 16, true));
        assertThat(Memory.getShort(memory + 26)).as("u16(%s)", value).isEqualTo((short) saturated(value, 16, false));
        assertThat(Memory.getByte(memory + 28)).as("i8(%s)", value).isEqualTo((byte) saturated(value, 8, true));
        assertThat(Memory.getByte(memory + 29)).as("u8(%s)", value).isEqualTo((byte) saturated(value, 8, false));
    }

    private static long saturated(double value, int width, boolean signed) {
        if (Double.isNaN(value)) {
            return 0;
        }
        BigInteger min = signed ? BigInteger.ONE.shiftLeft(width - 1).negate() : BigInteger.ZERO;
        BigInteger max = BigInteger.ONE.shiftLeft(signed ? width - 1 : width).subtract(BigInteger.ONE);
        if (Double.isInfinite(value)) {
            return (value > 0 ? max : min).longValue();
        }
        return new BigDecimal(value).toBigInteger().max(min).min(max).longValue();
    }

    @Test
    void integersBecomeTheNearestFloat() throws Exception {
        Generated generated = Generated.from(folder, """
                struct Out { f64 a; f64 b; f64 c; f32 d; f32 e; f32 f; }
                transaction convert(Out *o, u64 v, i64 w, u32 x) {
                    o->a = f64(v); o->b = f64(w); o->c = f64(x);
                    o->d = f32(v); o->e = f32(w); o->f = f32(x);
                }
                """);
        Random random = random();
        for (int i = 0; i < ROUNDS; i++) {
            // Values whose low bits decide how they round.
            long value = (random.nextLong() >>> random.nextInt(64)) + random.nextInt(3) - 1;
            for (String form : FORMS) {
                generated.call("SampleOps", "convert" + form, CPU, memory, value, value, (int) value);
                BigDecimal unsigned = new BigDecimal(Long.toUnsignedString(value));
                BigDecimal word = new BigDecimal(Integer.toUnsignedString((int) value));
                assertThat(Memory.getDouble(memory)).isEqualTo(unsigned.doubleValue());
                assertThat(Memory.getDouble(memory + 8)).isEqualTo(new BigDecimal(value).doubleValue());
                assertThat(Memory.getDouble(memory + 16)).isEqualTo(word.doubleValue());
                assertThat(Memory.getFloat(memory + 24)).isEqualTo(unsigned.floatValue());
                assertThat(Memory.getFloat(memory + 28)).isEqualTo(new BigDecimal(value).floatValue());
                assertThat(Memory.getFloat(memory + 32)).isEqualTo(word.floatValue());
            }
        }
    }

    @Test
    void floatArithmeticAndComparisonsAreThoseOfIeee754() throws Exception {
        Generated generated = Generated.from(folder, """
                struct Out { f64 a; f64 b; f64 c; f64 d; f32 e; f32 f; bool less; bool not_less; bool same; }
                transaction compute(Out *o, f64 x, f64 y, f32 s, f32 t) {
                    o->a = x * y + x; o->b = x / y; o->c = min(-x, y); o->d = max(abs(x), y);
                    o->e = s * t - s; o->f = min(s, t) / t;
                    o->less = x < y; o->not_less = !(x < y); o->same = x == y;
                }
                transaction decide(f64 *x, f64 *y, u64 *out) {
                    require *x < *y else NOT_LESS;
                    *out += 1;
                }
                transaction decide_not(f64 *x, f64 *y, u64 *out) {
                    require !(*x < *y) else LESS;
                    *out += 1;
                }
                """);
        Random random = random();
        for (int i = 0; i < ROUNDS; i++) {
            double x = i % 3 == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextGaussian();
            double y = i % 2 == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextGaussian();
            float s = (float) x;
            float t = (float) y;
            Memory.putDouble(memory + 128, x);
            Memory.putDouble(memory + 136, y);
            for (String form : FORMS) {
                generated.call("SampleOps", "compute" + form, CPU, memory, x, y, s, t);
                assertSame(Memory.getDouble(memory), x * y + x);
                assertSame(Memory.getDouble(memory + 8), x / y);
                assertSame(Memory.getDouble(memory + 16), Math.min(-x, y));
                assertSame(Memory.getDouble(memory + 24), Math.max(Math.abs(x), y));
                assertSame(Memory.getFloat(memory + 32), s * t - s);
                assertSame(Memory.getFloat(memory + 36), Math.min(s, t) / t);
                assertThat(Memory.getByte(memory + 40)).isEqualTo((byte) (x < y ? 1 : 0));
                assertThat(Memory.getByte(memory + 41)).isEqualTo((byte) (x < y ? 0 : 1));
                assertThat(Memory.getByte(memory + 42)).isEqualTo((byte) (x == y ? 1 : 0));
                assertThat(generated.call("SampleOps", "decide" + form, CPU, memory + 128, memory + 136, memory + 144))
                        .as("%s < %s", x, y)
                        .isEqualTo(x < y);
                assertThat(generated.call(
                                "SampleOps", "decideNot" + form, CPU, memory + 128, memory + 136, memory + 144))
                        .as("!(%s < %s)", x, y)
                        .isEqualTo(!(x < y));
            }
        }
    }

    private static void assertSame(double actual, double expected) {
        assertThat(Double.doubleToLongBits(actual))
                .as("%s, expected %s", actual, expected)
                .isEqualTo(Double.doubleToLongBits(expected));
    }

    @Test
    void functionsCountAndCompareInTheTypesOwnWidth() throws Exception {
        for (String type : new String[] {"u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64"}) {
            boolean signed = type.charAt(0) == 'i';
            int width = Integer.parseInt(type.substring(1));
            Generated generated = Generated.from(
                    folder, """
                    struct Out { u32 clz; u32 ctz; u32 ones; TYPE least; TYPE most; TYPE magnitude; }
                    transaction compute(Out *o, TYPE *x, TYPE *y) {
                        let a = *x;
                        let b = *y;
                        o->clz = clz(a); o->ctz = ctz(a); o->ones = popcount(a);
                        o->least = min(a, b); o->most = max(a, b); ABS
                    }
                    """.replace("TYPE", type).replace("ABS", signed ? "o->magnitude = abs(a);" : ""));
            Random random = random();
            long x = memory + 128;
            long y = memory + 136;
            for (int i = 0; i < ROUNDS / 10; i++) {
                long a = i == 0 ? 0 : i == 1 ? 1L << (width - 1) : random.nextLong() >> random.nextInt(64);
                long b = i == 2 ? a : random.nextLong() >> random.nextInt(64);
                Memory.putLong(x, a);
                Memory.putLong(y, b);
                BigInteger left = value(a, width, signed);
                BigInteger right = value(b, width, signed);
                BigInteger bits = value(a, width, false);
                int step = width / Byte.SIZE;
                int values = width == 64 ? 16 : 12;
                for (String form : FORMS) {
                    generated.call("SampleOps", "compute" + form, CPU, memory, x, y);
                    assertThat(Memory.getInt(memory)).isEqualTo(width - bits.bitLength());
                    assertThat(Memory.getInt(memory + 4))
                            .isEqualTo(bits.signum() == 0 ? width : bits.getLowestSetBit());
                    assertThat(Memory.getInt(memory + 8)).isEqualTo(bits.bitCount());
                    assertThat(value(Memory.getLong(memory + values), width, signed))
                            .isEqualTo(left.min(right));
                    assertThat(value(Memory.getLong(memory + values + step), width, signed))
                            .isEqualTo(left.max(right));
                    if (signed) {
                        assertThat(value(Memory.getLong(memory + values + 2L * step), width, true))
                                .isEqualTo(value(left.abs().longValue(), width, true));
                    }
                }
            }
        }
    }

    private static BigInteger value(long bits, int width, boolean signed) {
        BigInteger low = BigInteger.valueOf(bits).mod(BigInteger.ONE.shiftLeft(width));
        return signed && low.testBit(width - 1) ? low.subtract(BigInteger.ONE.shiftLeft(width)) : low;
    }

    private static Random random() {
        long seed = Long.getLong("opvc.seed", System.nanoTime());
        System.out.println("NumbersTest seed " + seed);
        return new Random(seed);
    }
}
