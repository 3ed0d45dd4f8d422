// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.memory;

import dev.opvc.runtime.internal.os.RawMemory;

/**
 * Memory for programs, each block behind a small head that says how it is to be given back. Blocks come from the
 * runtime's reservation, where the engine need not ask the kernel whether they are there; large ones, and those for
 * which it has no room, from the C library.
 */
public final class Blocks {
    /** Above this a block is the C library's: a pool that keeps blocks for ever is no place for large ones. */
    private static final long POOLED_MAX = 1 << 20;

    /** Up to this, sizes are rounded to the alignment; above, to powers of two, so that there are few sizes. */
    private static final long FINE_SIZE_MAX = 4096;

    /** The head: the whole size, then a mark that tells a live block from one that was freed or never was one. */
    private static final int HEAD_BYTES = 16;

    private static final int SIZE_OFFSET = 0;
    private static final int MARK_OFFSET = 8;
    private static final long LIVE = 0x6F70_7663_6C69_7665L;
    private static final long FREED = 0;

    private Blocks() {}

    /** Allocates zeroed memory, 16-aligned. */
    public static long allocate(long size) {
        if (size < 0 || size > Long.MAX_VALUE / 2) {
            throw new IllegalArgumentException("size of a block is " + size + "; it must be 0 or more bytes");
        }
        long whole = wholeSize(size);
        long block = whole <= POOLED_MAX ? Regions.takeBlock(whole) : 0;
        if (block == 0) {
            block = RawMemory.allocate(whole);
            RawMemory.zero(block, whole);
        }
        RawMemory.putLong(block + SIZE_OFFSET, whole);
        RawMemory.putLong(block + MARK_OFFSET, LIVE);
        return block + HEAD_BYTES;
    }

    private static long wholeSize(long size) {
        long whole = Regions.roundUp(size + HEAD_BYTES);
        if (whole <= FINE_SIZE_MAX || whole > POOLED_MAX) {
            return whole;
        }
        return Long.highestOneBit(whole - 1) << 1;
    }

    /** Frees a block; 0 is ignored. */
    public static void free(long address) {
        if (address == 0) {
            return;
        }
        long block = address - HEAD_BYTES;
        if (RawMemory.getLong(block + MARK_OFFSET) != LIVE) {
            throw new IllegalArgumentException(
                    "0x" + Long.toHexString(address) + " is not an allocated block: freed twice, or not from allocate");
        }
        RawMemory.putLong(block + MARK_OFFSET, FREED);
        long whole = RawMemory.getLong(block + SIZE_OFFSET);
        if (Regions.own(block, 0)) {
            Regions.giveBlock(block, whole);
        } else {
            RawMemory.free(block);
        }
    }
}
