// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.internal.memory.Beginnings;
import dev.opvc.runtime.internal.memory.Blocks;
import dev.opvc.runtime.internal.os.RawMemory;
import java.lang.invoke.VarHandle;

/**
 * Uses everything once that may be called under a CPU's word. The first use of a class loads and initialises it, and the
 * first access by a handle links it: that takes far more stack than {@link StackReserve} has, and where it finds none,
 * or no memory, it throws. So it happens before a thread first takes a word, where that harms nothing.
 */
public final class Preparation {
    private static final int SCRATCH_BYTES = 512;
    private static final int SECOND_HALF = SCRATCH_BYTES / 2;

    /** More than a word, and no multiple of one. */
    private static final int ODD_BYTES = 2 * Copy.BLOCK_BYTES + 1;

    private static boolean done;

    private Preparation() {}

    /** May be called from any thread; does nothing after the first time. Throws whatever using the classes throws. */
    public static void prepare() {
        // Two threads may both do it.
        if (done) {
            return;
        }
        long scratch = Blocks.allocate(SCRATCH_BYTES);
        try {
            useAccessors(scratch);
            useWord(scratch);
            useCopies(scratch);
            useOperations(scratch, scratch + SECOND_HALF);
            Beginnings.prepare();
            Exclusion.passEveryCpu();
        } finally {
            Blocks.free(scratch);
        }
        done = true;
    }

    private static void useAccessors(long p) {
        RawMemory.putByte(p, RawMemory.getByte(p));
        RawMemory.putShort(p, RawMemory.getShort(p));
        RawMemory.putInt(p, RawMemory.getInt(p));
        RawMemory.putLong(p, RawMemory.getLong(p));
        RawMemory.putFloat(p, RawMemory.getFloat(p));
        RawMemory.putDouble(p, RawMemory.getDouble(p));
    }

    /** What taking a word, changing the version and giving the word back use, on other memory. */
    private static void useWord(long p) {
        RawMemory.compareAndSwapInt(p, RawMemory.getIntAcquire(p), 0);
        RawMemory.putIntRelease(p, 0);
        RawMemory.putLongRelease(p, RawMemory.getLongAcquire(p));
        VarHandle.storeStoreFence();
        VarHandle.loadLoadFence();
    }

    private static void useCopies(long p) {
        Copy.copy(p, p + SECOND_HALF, Long.BYTES);
        Copy.copy(p, p + SECOND_HALF, ODD_BYTES);
        // Overlapping, so that it goes block by block.
        Copy.copy(p + 1, p, ODD_BYTES);
    }

    private static void useOperations(long op, long p) {
        for (Operation operation : Operation.values()) {
            Ops.write(op, operation.number(), Long.BYTES, p, p);
            if (operation == Operation.LSHIFT || operation == Operation.RSHIFT) {
                Ops.writeShift(op, operation.number(), Long.BYTES, p, 1);
            }
            Do.run(op, 1);
        }
        for (int bytes = 1; bytes <= Word.BYTES_MAX; bytes *= 2) {
            Ops.write(op, CpuOp.CPU_ADD_OP, bytes, p, 1);
            Do.run(op, 1);
        }
        Ops.write(op, CpuOp.CPU_COMPARE_EQ_OP, ODD_BYTES, p, p);
        Do.run(op, 1);
    }
}
