// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import dev.opvc.runtime.internal.memory.Blocks;
import dev.opvc.runtime.internal.os.RawMemory;
import java.lang.ref.Cleaner;

/**
 * The memory of a vector outside the heap: its operations, its cells, and its room. Freed some time after this object is
 * unreachable.
 */
final class VectorMemory {
    /** See {@link OpVector#CELLS_MAX}. */
    static final int CELLS_MAX = 3 * CpuOp.CPU_OP_VEC_LEN_MAX;

    /** See {@link OpVector#ROOM_MAX}. */
    static final int ROOM_MAX = CpuOp.CPU_OP_VEC_DATA_LEN_MAX + CpuOp.CPU_OP_VEC_LEN_MAX * (Long.BYTES - 1);

    private static final int CELL_BYTES = Long.BYTES;
    private static final long OPS_BYTES = (long) CpuOp.CPU_OP_VEC_LEN_MAX * CpuOp.SIZE;

    private static final Cleaner CLEANER = Cleaner.create();

    private final long ops;
    private final long cells;
    private int cellCount;
    private int roomUsed;

    /** 0 until room is needed for the first time. */
    private long room;

    VectorMemory() {
        ops = allocate(OPS_BYTES + (long) CELLS_MAX * CELL_BYTES);
        cells = ops + OPS_BYTES;
    }

    private long allocate(long bytes) {
        long block = Blocks.allocate(bytes);
        CLEANER.register(this, () -> Blocks.free(block));
        return block;
    }

    /** The address of the first operation. */
    long ops() {
        return ops;
    }

    /** All cells and all room are free again. */
    void clear() {
        cellCount = 0;
        roomUsed = 0;
    }

    /** See {@link OpVector#cell}. */
    long cell(long bits, int size) {
        if (cellCount == CELLS_MAX) {
            throw new IllegalStateException("a vector has at most " + CELLS_MAX + " cells");
        }
        long cell = cells + (long) cellCount * CELL_BYTES;
        switch (size) {
            case Byte.BYTES -> RawMemory.putByte(cell, (byte) bits);
            case Short.BYTES -> RawMemory.putShort(cell, (short) bits);
            case Integer.BYTES -> RawMemory.putInt(cell, (int) bits);
            case Long.BYTES -> RawMemory.putLong(cell, bits);
            default -> throw new IllegalArgumentException("a cell holds 1, 2, 4 or 8 bytes, not " + size);
        }
        cellCount++;
        return cell;
    }

    /** See {@link OpVector#room}. */
    long room(int bytes) {
        int left = ROOM_MAX - roomUsed;
        if (bytes < 0 || bytes > left) {
            throw new IllegalStateException("a vector has room for " + ROOM_MAX + " bytes, of which " + left
                    + " are left, and not for " + bytes + " more");
        }
        if (room == 0) {
            room = allocate(ROOM_MAX);
        }
        long address = room + roomUsed;
        roomUsed = Math.min(ROOM_MAX, (roomUsed + bytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        return address;
    }
}
