// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.os;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Memory at absolute addresses, with no check whatever: an address that is not mapped ends the process.
 *
 * <p>This form uses {@code java.lang.foreign}. The class of the same name in the base of the jar is for Java before 22.
 *
 * <p>Plain accesses to aligned addresses are single accesses: the unaligned layouts only leave out the check, and the
 * JVM splits an access where the address needs it. The machine's instructions are the same as for Unsafe, but for one
 * comparison with the end of the address space.
 */
public final class RawMemory {
    /** All memory that a user can have, as one segment: offsets into it are addresses. */
    @SuppressWarnings("restricted")
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

    /** Atomic accesses need the alignment. */
    private static final VarHandle ALIGNED_INT = ValueLayout.JAVA_INT.varHandle();

    private static final VarHandle ALIGNED_LONG = ValueLayout.JAVA_LONG.varHandle();

    private static final MethodHandle MALLOC = Downcalls.to("malloc", ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
    private static final MethodHandle FREE = Downcalls.toVoid("free", ValueLayout.JAVA_LONG);

    private RawMemory() {}

    public static byte getByte(long address) {
        return ALL.get(BYTE, address);
    }

    public static void putByte(long address, byte value) {
        ALL.set(BYTE, address, value);
    }

    public static short getShort(long address) {
        return ALL.get(SHORT, address);
    }

    public static void putShort(long address, short value) {
        ALL.set(SHORT, address, value);
    }

    public static int getInt(long address) {
        return ALL.get(INT, address);
    }

    public static void putInt(long address, int value) {
        ALL.set(INT, address, value);
    }

    public static long getLong(long address) {
        return ALL.get(LONG, address);
    }

    public static void putLong(long address, long value) {
        ALL.set(LONG, address, value);
    }

    public static float getFloat(long address) {
        return ALL.get(FLOAT, address);
    }

    public static void putFloat(long address, float value) {
        ALL.set(FLOAT, address, value);
    }

    public static double getDouble(long address) {
        return ALL.get(DOUBLE, address);
    }

    public static void putDouble(long address, double value) {
        ALL.set(DOUBLE, address, value);
    }

    /** A volatile compare-and-swap. */
    public static boolean compareAndSwapInt(long address, int expected, int value) {
        return ALIGNED_INT.compareAndSet(ALL, address, expected, value);
    }

    /** Nothing that stands behind it moves before it. */
    public static int getIntAcquire(long address) {
        return (int) ALIGNED_INT.getAcquire(ALL, address);
    }

    /** Nothing that stands before it moves behind it. */
    public static void putIntRelease(long address, int value) {
        ALIGNED_INT.setRelease(ALL, address, value);
    }

    /** Like {@link #getIntAcquire}. */
    public static long getLongAcquire(long address) {
        return (long) ALIGNED_LONG.getAcquire(ALL, address);
    }

    /** Like {@link #putIntRelease}. */
    public static void putLongRelease(long address, long value) {
        ALIGNED_LONG.setRelease(ALL, address, value);
    }

    /** Copies as if through a buffer: overlapping ranges keep the source's bytes. */
    public static void move(long destination, long source, long length) {
        if (length != 0) {
            MemorySegment.copy(ALL, source, ALL, destination, length);
        }
    }

    public static void zero(long address, long length) {
        ALL.asSlice(address, length).fill((byte) 0);
    }

    public static void fullFence() {
        VarHandle.fullFence();
    }

    /** Allocates with the C library; the bytes are arbitrary. */
    public static long allocate(long length) {
        try {
            long address = (long) MALLOC.invokeExact(length);
            if (address == 0) {
                throw new OutOfMemoryError("the C library has no " + length + " bytes left");
            }
            return address;
        } catch (Throwable e) {
            throw Downcalls.failed(e);
        }
    }

    /** Frees what {@link #allocate} returned. */
    public static void free(long address) {
        try {
            FREE.invokeExact(address);
        } catch (Throwable e) {
            throw Downcalls.failed(e);
        }
    }
}
