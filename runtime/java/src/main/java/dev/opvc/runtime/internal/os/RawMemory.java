// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.os;

import java.lang.reflect.Field;
import sun.misc.Unsafe;

/**
 * Memory at absolute addresses, with no check whatever: an address that is not mapped ends the process.
 *
 * <p>This form uses {@code sun.misc.Unsafe}, because Java 17 has nothing else. The Java 22 layer holds a class of the
 * same name and shape on {@code java.lang.foreign}. Nothing else in the runtime touches memory outside the heap.
 *
 * <p>Plain accesses to aligned addresses are single accesses. Unaligned ones work on every machine that allows them in
 * hardware, among them x86-64 and aarch64.
 */
@SuppressWarnings({"removal", "deprecation"})
public final class RawMemory {
    private static final Unsafe UNSAFE = unsafe();

    private RawMemory() {}

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("opvc needs sun.misc.Unsafe (module jdk.unsupported) before Java 22", e);
        }
    }

    public static byte getByte(long address) {
        return UNSAFE.getByte(address);
    }

    public static void putByte(long address, byte value) {
        UNSAFE.putByte(address, value);
    }

    public static short getShort(long address) {
        return UNSAFE.getShort(address);
    }

    public static void putShort(long address, short value) {
        UNSAFE.putShort(address, value);
    }

    public static int getInt(long address) {
        return UNSAFE.getInt(address);
    }

    public static void putInt(long address, int value) {
        UNSAFE.putInt(address, value);
    }

    public static long getLong(long address) {
        return UNSAFE.getLong(address);
    }

    public static void putLong(long address, long value) {
        UNSAFE.putLong(address, value);
    }

    public static float getFloat(long address) {
        return UNSAFE.getFloat(address);
    }

    public static void putFloat(long address, float value) {
        UNSAFE.putFloat(address, value);
    }

    public static double getDouble(long address) {
        return UNSAFE.getDouble(address);
    }

    public static void putDouble(long address, double value) {
        UNSAFE.putDouble(address, value);
    }

    /** A volatile compare-and-swap. */
    public static boolean compareAndSwapInt(long address, int expected, int value) {
        return UNSAFE.compareAndSwapInt(null, address, expected, value);
    }

    /** Nothing that stands behind it moves before it. */
    public static int getIntAcquire(long address) {
        return UNSAFE.getIntVolatile(null, address);
    }

    /** Nothing that stands before it moves behind it. */
    public static void putIntRelease(long address, int value) {
        UNSAFE.putOrderedInt(null, address, value);
    }

    /** Like {@link #getIntAcquire}. */
    public static long getLongAcquire(long address) {
        return UNSAFE.getLongVolatile(null, address);
    }

    /** Like {@link #putIntRelease}. */
    public static void putLongRelease(long address, long value) {
        UNSAFE.putOrderedLong(null, address, value);
    }

    /** Copies as if through a buffer: overlapping ranges keep the source's bytes. */
    public static void move(long destination, long source, long length) {
        UNSAFE.copyMemory(source, destination, length);
    }

    public static void zero(long address, long length) {
        UNSAFE.setMemory(address, length, (byte) 0);
    }

    public static void fullFence() {
        UNSAFE.fullFence();
    }

    /** Allocates with the C library; the bytes are arbitrary. */
    public static long allocate(long length) {
        return UNSAFE.allocateMemory(length);
    }

    /** Frees what {@link #allocate} returned. */
    public static void free(long address) {
        UNSAFE.freeMemory(address);
    }
}
