// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.pool;

import dev.opvc.runtime.Cpus;
import java.util.stream.IntStream;

/**
 * Buffers outside the heap, of eight sizes. Each CPU has up to two batches of each size waiting; what is more goes to
 * batches that all CPUs share, and comes back from there. So a buffer may be released by another thread than acquired
 * it, and what the pool holds depends on what is in use at once, not on how many threads there are.
 *
 * <p>All methods may be called from any thread, platform or virtual. What is in a buffer that was acquired is not
 * defined.
 */
public final class BufferPool implements AutoCloseable {
    private static final int SMALLEST_BITS = 8;

    /** The least size, in bytes. */
    public static final int SMALLEST = 1 << SMALLEST_BITS;

    /** The greatest size, in bytes. */
    public static final int LARGEST = SMALLEST << (PoolOps.CLASSES - 1);

    private final Shelves shelves = Shelves.allocate();
    private final SharedBatches[] shared = IntStream.range(0, PoolOps.CLASSES)
            .mapToObj(sizeClass -> new SharedBatches(SMALLEST << sizeClass))
            .toArray(SharedBatches[]::new);

    /**
     * Returns the address of a buffer of at least so many bytes, 16-aligned.
     *
     * @throws IllegalArgumentException if the bytes are negative, or more than {@link #LARGEST}
     * @throws OutOfMemoryError if none waits, and there is no memory for another batch
     */
    public long acquire(int bytes) {
        int sizeClass = classOf(bytes);
        long buffer = shelves.take(sizeClass);
        return buffer != 0 ? buffer : acquireShared(sizeClass);
    }

    /**
     * Gives a buffer back.
     *
     * @param bytes as many as it was acquired with
     */
    public void release(long buffer, int bytes) {
        int sizeClass = classOf(bytes);
        long surplus = shelves.put(sizeClass, buffer);
        if (surplus != 0) {
            shared[sizeClass].give(surplus);
        }
    }

    /** The thread may come to another CPU at any time, and find a batch there already. */
    private long acquireShared(int sizeClass) {
        long buffer;
        do {
            long batch = shared[sizeClass].take();
            if (!shelves.supply(sizeClass, batch)) {
                shared[sizeClass].give(batch);
            }
            buffer = shelves.take(sizeClass);
        } while (buffer == 0);
        return buffer;
    }

    private static int classOf(int bytes) {
        if (bytes < 0 || bytes > LARGEST) {
            throw new IllegalArgumentException(bytes + " bytes; a buffer has 0 to " + LARGEST);
        }
        return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(bytes, SMALLEST) - 1) - SMALLEST_BITS;
    }

    /** Bytes of all buffers, waiting or in use. */
    public long heldBytes() {
        long bytes = 0;
        for (SharedBatches batches : shared) {
            bytes += batches.heldBytes();
        }
        return bytes;
    }

    /** How many buffers wait, with the CPUs and in shared batches. Exact only while no other thread uses the pool. */
    public long waiting() {
        long waiting = 0;
        for (int sizeClass = 0; sizeClass < PoolOps.CLASSES; sizeClass++) {
            waiting += shared[sizeClass].waiting();
            for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
                waiting += Cpus.isPossible(cpu) ? waitingOn(cpu, sizeClass) : 0;
            }
        }
        return waiting;
    }

    private long waitingOn(int cpu, int sizeClass) {
        long shelf = shelves.slot(cpu) + Shelves.Slot.SHELF_OFFSET + (long) sizeClass * Shelf.SIZE;
        return SharedBatches.length(Shelf.open(shelf)) + SharedBatches.length(Shelf.reserve(shelf));
    }

    /** How many buffers there are, waiting or in use. */
    public long buffers() {
        long buffers = 0;
        for (SharedBatches batches : shared) {
            buffers += batches.buffers();
        }
        return buffers;
    }

    /** Gives all memory back, also that of buffers in use: nobody may use one any more. */
    @Override
    public void close() {
        shelves.close();
        for (SharedBatches batches : shared) {
            batches.close();
        }
    }
}
