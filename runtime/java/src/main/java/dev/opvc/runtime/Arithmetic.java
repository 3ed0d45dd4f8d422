// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

/**
 * Arithmetic of OPV that Java has no operator or method for, used by generated code. Unsigned integers are bit patterns
 * in Java's signed types; those of 8 and 16 bits are ints between 0 and their largest value.
 *
 * <p>A float becomes an integer by truncation towards zero; a value out of the integer's range becomes the nearest one
 * in it, and NaN becomes 0. An integer becomes the nearest float, ties to even. All methods are pure.
 */
public final class Arithmetic {
    private static final int U8_MAX = 0xFF;
    private static final int U16_MAX = 0xFFFF;
    private static final long U32_MAX = 0xFFFF_FFFFL;
    private static final double TWO_TO_63 = 0x1p63;
    private static final double TWO_TO_64 = 0x1p64;

    private Arithmetic() {}

    /** The smaller of two unsigned integers. */
    public static int minUnsigned(int a, int b) {
        return Integer.compareUnsigned(a, b) <= 0 ? a : b;
    }

    /** The smaller of two unsigned integers. */
    public static long minUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0 ? a : b;
    }

    /** The greater of two unsigned integers. */
    public static int maxUnsigned(int a, int b) {
        return Integer.compareUnsigned(a, b) >= 0 ? a : b;
    }

    /** The greater of two unsigned integers. */
    public static long maxUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }

    /** A float as a signed integer of 8 bits. */
    public static byte toI8(double value) {
        return (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, (int) value));
    }

    /** A float as a signed integer of 16 bits. */
    public static short toI16(double value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, (int) value));
    }

    /** A float as an unsigned integer of 8 bits, 0 to 255. */
    public static int toU8(double value) {
        return Math.max(0, Math.min(U8_MAX, (int) value));
    }

    /** A float as an unsigned integer of 16 bits, 0 to 65,535. */
    public static int toU16(double value) {
        return Math.max(0, Math.min(U16_MAX, (int) value));
    }

    /** A float as an unsigned integer of 32 bits, as a bit pattern. */
    public static int toU32(double value) {
        return (int) Math.max(0, Math.min(U32_MAX, (long) value));
    }

    /** A float as an unsigned integer of 64 bits, as a bit pattern. */
    public static long toU64(double value) {
        if (value >= TWO_TO_64) {
            return -1;
        }
        // The difference is exact: both have the same exponent, or the lower one's bits are above the binary point.
        return value >= TWO_TO_63 ? (long) (value - TWO_TO_63) ^ Long.MIN_VALUE : Math.max(0, (long) value);
    }

    /** An unsigned integer of 64 bits as the nearest double. */
    public static double u64ToF64(long bits) {
        return bits >= 0 ? (double) bits : (double) halved(bits) * 2;
    }

    /** An unsigned integer of 64 bits as the nearest float. */
    public static float u64ToF32(long bits) {
        return bits >= 0 ? (float) bits : (float) halved(bits) * 2;
    }

    /** Half of it; the bit that is lost stays as a sticky one, so that rounding sees it. */
    private static long halved(long bits) {
        return bits >>> 1 | (bits & 1);
    }

    /*
     * How many of ascending bounds are below a value. Each step leaves half of the bounds by arithmetic on the comparison,
     * so that what a value is hardly matters for how long it takes. No bound is at or above NaN.
     */

    /** How many of at least one ascending bounds are below a value; all of them are below NaN. */
    public static int bucketOf(double[] bounds, double value) {
        int below = 0;
        int left = bounds.length;
        while (left > 1) {
            int half = left >>> 1;
            below += bounds[below + half - 1] >= value ? 0 : half;
            left -= half;
        }
        return bounds[below] >= value ? below : below + 1;
    }

    /** How many of at least one ascending bounds are below a value; all of them are below NaN. */
    public static int bucketOf(float[] bounds, float value) {
        int below = 0;
        int left = bounds.length;
        while (left > 1) {
            int half = left >>> 1;
            below += bounds[below + half - 1] >= value ? 0 : half;
            left -= half;
        }
        return bounds[below] >= value ? below : below + 1;
    }

    /** How many of at least one ascending bounds are below a value. */
    public static int bucketOf(byte[] bounds, byte value) {
        int below = 0;
        int left = bounds.length;
        while (left > 1) {
            int half = left >>> 1;
            below += bounds[below + half - 1] >= value ? 0 : half;
            left -= half;
        }
        return bounds[below] >= value ? below : below + 1;
    }

    /** How many of at least one ascending bounds are below a value. */
    public static int bucketOf(short[] bounds, short value) {
        int below = 0;
        int left = bounds.length;
        while (left > 1) {
            int half = left >>> 1;
            below += bounds[below + half - 1] >= value ? 0 : half;
            left -= half;
        }
        return bounds[below] >= value ? below : below + 1;
    }

    /** How many of at least one ascending bounds are below a value. */
    public static int bucketOf(int[] bounds, int value) {
        int below = 0;
        int left = bounds.length;
        while (left > 1) {
            int half = left >>> 1;
            below += bounds[below + half - 1] >= value ? 0 : half;
            left -= half;
        }
        return bounds[below] >= value ? below : below + 1;
    }

    /** How many of at least one ascending bounds are below a value. */
    public static int bucketOf(long[] bounds, long value) {
        int below = 0;
        int left = bounds.length;
        while (left > 1) {
            int half = left >>> 1;
            below += bounds[below + half - 1] >= value ? 0 : half;
            left -= half;
        }
        return bounds[below] >= value ? below : below + 1;
    }

    /** How many of at least one ascending bounds are below a value, both unsigned. */
    public static int bucketOfUnsigned(int[] bounds, int value) {
        int below = 0;
        int left = bounds.length;
        while (left > 1) {
            int half = left >>> 1;
            below += Integer.compareUnsigned(bounds[below + half - 1], value) >= 0 ? 0 : half;
            left -= half;
        }
        return Integer.compareUnsigned(bounds[below], value) >= 0 ? below : below + 1;
    }

    /** How many of at least one ascending bounds are below a value, both unsigned. */
    public static int bucketOfUnsigned(long[] bounds, long value) {
        int below = 0;
        int left = bounds.length;
        while (left > 1) {
            int half = left >>> 1;
            below += Long.compareUnsigned(bounds[below + half - 1], value) >= 0 ? 0 : half;
            left -= half;
        }
        return Long.compareUnsigned(bounds[below], value) >= 0 ? below : below + 1;
    }
}
