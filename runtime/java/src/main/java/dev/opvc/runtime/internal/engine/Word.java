// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.internal.os.RawMemory;

/** Words of 1, 2, 4 and 8 bytes: the one place that knows an accessor for each width. */
final class Word {
    static final int BYTES_MAX = CpuOp.CPU_OP_ARITHMETIC_LEN_MAX;

    private Word() {}

    /** Whether there are words of this many bytes. */
    static boolean isSize(int bytes) {
        return bytes > 0 && bytes <= BYTES_MAX && Integer.bitCount(bytes) == 1;
    }

    static boolean areAligned(long first, long second, int bytes) {
        return ((first | second) & (bytes - 1)) == 0;
    }

    /** Reads a word, extended by zeros. */
    static long load(long address, int bytes) {
        return switch (bytes) {
            case Byte.BYTES -> Byte.toUnsignedLong(RawMemory.getByte(address));
            case Short.BYTES -> Short.toUnsignedLong(RawMemory.getShort(address));
            case Integer.BYTES -> Integer.toUnsignedLong(RawMemory.getInt(address));
            case Long.BYTES -> RawMemory.getLong(address);
            default -> throw noSuchSize(bytes);
        };
    }

    /** Writes the low bytes of a value. */
    static void store(long address, int bytes, long value) {
        switch (bytes) {
            case Byte.BYTES -> RawMemory.putByte(address, (byte) value);
            case Short.BYTES -> RawMemory.putShort(address, (short) value);
            case Integer.BYTES -> RawMemory.putInt(address, (int) value);
            case Long.BYTES -> RawMemory.putLong(address, value);
            default -> throw noSuchSize(bytes);
        }
    }

    /** As {@link #store}; always true, as what an operation says that does not stop its vector. */
    static boolean replace(long address, int bytes, long value) {
        store(address, bytes, value);
        return true;
    }

    private static AssertionError noSuchSize(int bytes) {
        return new AssertionError("a word of " + bytes + " bytes has passed the check");
    }
}
