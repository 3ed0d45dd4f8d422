// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.memory;

import dev.opvc.runtime.internal.os.PossibleCpus;
import dev.opvc.runtime.internal.os.RawMemory;

/**
 * One region of memory for each CPU, at a fixed stride. An instance of per-CPU memory is an offset that is valid in
 * every region. After the last CPU's region comes the blank, which holds what slots begin with, and after that one for
 * blocks that belong to no CPU: vectors, and the memory of programs that ask for some.
 */
public final class Regions {
    /** Two cache lines of 64 bytes: the unit in which current processors fetch, so that slots never share one. */
    public static final int ALIGNMENT = 128;

    private static final Reservation RESERVATION = Reservation.of(PossibleCpus.SLOTS + 2);
    private static final long START = RESERVATION.start;
    private static final int STRIDE_BITS = RESERVATION.partBits;
    private static final long BLOCKS_START = RESERVATION.part(PossibleCpus.SLOTS + 1);

    /** Offset in a region of the word of its CPU's exclusion, an {@code int}. */
    public static final int WORD_OFFSET = 0;

    /**
     * Offset in a region of the version of what its slots hold: a {@code long}, aligned, which no number of holders
     * brings back to a version that somebody still compares with.
     */
    public static final int VERSION_OFFSET = Long.BYTES;

    /** The start of a region belongs to its exclusion, instances lie behind. */
    private static final OffsetPool INSTANCES = new OffsetPool(ALIGNMENT, RESERVATION.partLength());

    private static final OffsetPool BLOCKS = new OffsetPool(0, RESERVATION.partLength());

    private Regions() {}

    /** Whether the runtime owns all of these bytes: they are readable and writable for ever. */
    public static boolean own(long address, int count) {
        return RESERVATION.covers(address, count);
    }

    /** The address of an instance's slot for a possible CPU. */
    public static long slot(int cpu, long instance) {
        return region(cpu) + instance;
    }

    /** The address of a possible CPU's region. */
    public static long region(int cpu) {
        return START + ((long) cpu << STRIDE_BITS);
    }

    /** The address of the region of no CPU, in which instances have what their slots begin with. */
    public static long blank() {
        return region(PossibleCpus.SLOTS);
    }

    /** The CPU of a region. */
    public static int cpuOf(long region) {
        return (int) ((region - START) >>> STRIDE_BITS);
    }

    /** Bytes of address space from the region of one CPU to that of the next. */
    public static long stride() {
        return RESERVATION.partLength();
    }

    /** The largest slot there can be, in bytes. */
    public static long largestSlot() {
        return RESERVATION.partLength() - ALIGNMENT;
    }

    /**
     * Takes an instance whose slots have this many bytes, which the caller has rounded up to {@link #ALIGNMENT}. The
     * slots hold arbitrary bytes. Negative if there is no room.
     */
    public static long takeInstance(long slotSize) {
        return INSTANCES.take(slotSize);
    }

    public static void giveInstance(long instance, long slotSize) {
        INSTANCES.give(instance, slotSize);
    }

    /** Rounds a size up to a multiple of {@link #ALIGNMENT}. */
    public static long roundUp(long size) {
        return (size + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** Takes a block of this size, a multiple of {@link #ALIGNMENT}, zeroed; 0 if none is left. */
    public static long takeBlock(long size) {
        long offset = BLOCKS.take(size);
        if (offset == OffsetPool.NONE) {
            return 0;
        }
        long block = BLOCKS_START + offset;
        RawMemory.zero(block, size);
        return block;
    }

    public static void giveBlock(long block, long size) {
        BLOCKS.give(block - BLOCKS_START, size);
    }
}
