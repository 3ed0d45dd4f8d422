// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.pool;

import dev.opvc.runtime.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The batches of buffers of one size that all CPUs share, behind a lock: one of {@value PoolOps#BATCH} buffers comes
 * here, at most. The lock is one that a virtual thread waits for without its carrier.
 */
final class SharedBatches {
    private final int size;
    private final ReentrantLock lock = new ReentrantLock();
    /** Blocks of memory, each of which was made one batch. */
    private final List<Long> blocks = new ArrayList<>();
    /** The first buffer of the first batch; 0 if there is none. */
    private long first;

    SharedBatches(int size) {
        this.size = size;
    }

    /** Returns the first buffer of a batch, which is made if there is none. */
    long take() {
        lock.lock();
        try {
            if (first == 0) {
                return make();
            }
            long batch = first;
            first = Buffer.nextBatch(batch);
            return batch;
        } finally {
            lock.unlock();
        }
    }

    void give(long batch) {
        lock.lock();
        try {
            Buffer.nextBatch(batch, first);
            first = batch;
        } finally {
            lock.unlock();
        }
    }

    private long make() {
        long block = Memory.allocate((long) size * PoolOps.BATCH);
        blocks.add(block);
        for (int i = 0; i < PoolOps.BATCH; i++) {
            long buffer = block + (long) i * size;
            Buffer.next(buffer, i + 1 < PoolOps.BATCH ? buffer + size : 0);
        }
        return block;
    }

    long heldBytes() {
        return buffers() * size;
    }

    long buffers() {
        lock.lock();
        try {
            return (long) blocks.size() * PoolOps.BATCH;
        } finally {
            lock.unlock();
        }
    }

    /** Of buffers in shared batches. */
    long waiting() {
        lock.lock();
        try {
            long waiting = 0;
            for (long batch = first; batch != 0; batch = Buffer.nextBatch(batch)) {
                waiting += length(batch);
            }
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** Buffers of a batch. One that is longer than a batch can be may have no end. */
    static int length(long batch) {
        int length = 0;
        for (long buffer = batch; buffer != 0; buffer = Buffer.next(buffer)) {
            length++;
            if (length > PoolOps.BATCH) {
                throw new IllegalStateException("a list has more than " + PoolOps.BATCH + " buffers");
            }
        }
        return length;
    }

    void close() {
        blocks.forEach(Memory::free);
    }
}
