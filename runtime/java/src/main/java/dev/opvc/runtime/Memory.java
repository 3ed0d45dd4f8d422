// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import dev.opvc.runtime.internal.engine.Copy;
import dev.opvc.runtime.internal.memory.Blocks;
import dev.opvc.runtime.internal.os.RawMemory;

/**
 * Memory outside the heap at absolute addresses, in the machine's byte order. The class of generated accessors, for
 * code that knows its addresses are good: nothing is checked, and an address that is not mapped ends the process.
 *
 * <p>The accesses are plain: not ordered, like those of a field that is not volatile. An access to an aligned address
 * is a single access, so it is never torn. Unaligned addresses are allowed where the machine allows them, as x86-64
 * and aarch64 do.
 */
public final class Memory {
    /** Bytes of a copy that are read before any of them is written. */
    public static final int COPY_BLOCK_BYTES = Copy.BLOCK_BYTES;

    private Memory() {}

    public static byte getByte(long address) {
        return RawMemory.getByte(address);
    }

    public static void putByte(long address, byte value) {
        RawMemory.putByte(address, value);
    }

    public static short getShort(long address) {
        return RawMemory.getShort(address);
    }

    public static void putShort(long address, short value) {
        RawMemory.putShort(address, value);
    }

    public static int getInt(long address) {
        return RawMemory.getInt(address);
    }

    public static void putInt(long address, int value) {
        RawMemory.putInt(address, value);
    }

    public static long getLong(long address) {
        return RawMemory.getLong(address);
    }

    public static void putLong(long address, long value) {
        RawMemory.putLong(address, value);
    }

    public static float getFloat(long address) {
        return RawMemory.getFloat(address);
    }

    public static void putFloat(long address, float value) {
        RawMemory.putFloat(address, value);
    }

    public static double getDouble(long address) {
        return RawMemory.getDouble(address);
    }

    public static void putDouble(long address, double value) {
        RawMemory.putDouble(address, value);
    }

    /** Reads a pointer: 8 bytes. */
    public static long getAddress(long address) {
        return RawMemory.getLong(address);
    }

    /** Writes a pointer: 8 bytes. */
    public static void putAddress(long address, long value) {
        RawMemory.putLong(address, value);
    }

    /**
     * Copies {@code len} bytes, 0 or more, with the meaning of {@code CPU_MEMCPY_OP}: 1, 2, 4 or 8 bytes between
     * aligned addresses are a single load and a single store; anything else goes front to back in blocks of {@link
     * #COPY_BLOCK_BYTES}, each read whole before it is written. That order shows only where the ranges overlap.
     *
     * @throws IllegalArgumentException if {@code len} is negative
     */
    public static void copy(long dst, long src, long len) {
        if (len < 0) {
            throw new IllegalArgumentException("cannot copy " + len + " bytes; len must be 0 or more");
        }
        Copy.copy(dst, src, len);
    }

    /**
     * Whether two ranges of memory have no byte in common. An empty range has none in common with any.
     *
     * @param a where the first begins; it does not reach past the end of the address space
     * @param lengthOfA in bytes, 0 or more
     * @param b where the second begins, and {@code lengthOfB} likewise
     */
    public static boolean areApart(long a, long lengthOfA, long b, long lengthOfB) {
        boolean empty = lengthOfA == 0 || lengthOfB == 0;
        return empty || (Long.compareUnsigned(b - a, lengthOfA) >= 0 && Long.compareUnsigned(a - b, lengthOfB) >= 0);
    }

    /** Whether two ranges of memory are the same, or have no byte in common; see {@link #areApart}. */
    public static boolean areSameOrApart(long a, long lengthOfA, long b, long lengthOfB) {
        return (a == b && lengthOfA == lengthOfB) || areApart(a, lengthOfA, b, lengthOfB);
    }

    /**
     * Allocates zeroed memory, 16-aligned. The engine knows blocks of up to a mebibyte to be accessible and so works on
     * them without asking the kernel. Thread-safe.
     *
     * @param size bytes, 0 or more
     * @throws IllegalArgumentException if the size is negative
     */
    public static long allocate(long size) {
        return Blocks.allocate(size);
    }

    /**
     * Frees a block that {@link #allocate} returned, once no thread uses it any more; 0 is ignored. Thread-safe.
     *
     * @throws IllegalArgumentException if the block has been freed before, as far as that can still be seen
     */
    public static void free(long address) {
        Blocks.free(address);
    }
}
