// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.pool;

import dev.opvc.runtime.Memory;
import java.util.concurrent.atomic.AtomicLongArray;

/** The pool of this sample. */
final class PerCpuPool implements PoolUnderTest {
    private final BufferPool pool = new BufferPool();
    private final AtomicLongArray table = new AtomicLongArray(Load.PLACES);

    @Override
    public String name() {
        return "lists per CPU (opvc)";
    }

    @Override
    public void useAndRelease(int bytes, int mark) {
        long buffer = pool.acquire(bytes);
        mark(buffer, bytes, mark);
        Thread.onSpinWait();
        requireMarks(buffer, bytes, mark);
        pool.release(buffer, bytes);
    }

    @Override
    public void handOn(int place, int bytes, int mark) {
        long buffer = pool.acquire(bytes);
        mark(buffer, bytes, mark);
        release(table.getAndSet(place, buffer), bytes, mark);
    }

    private void release(long buffer, int bytes, int mark) {
        if (buffer != 0) {
            requireMarks(buffer, bytes, mark);
            pool.release(buffer, bytes);
        }
    }

    /** At both ends, so that buffers that overlap are found. */
    private static void mark(long buffer, int bytes, int mark) {
        Memory.putInt(buffer, mark);
        Memory.putInt(buffer + bytes - Integer.BYTES, mark);
    }

    private static void requireMarks(long buffer, int bytes, int mark) {
        PoolUnderTest.requireMark(Memory.getInt(buffer), mark);
        PoolUnderTest.requireMark(Memory.getInt(buffer + bytes - Integer.BYTES), mark);
    }

    @Override
    public void releaseAll() {
        for (int place = 0; place < Load.PLACES; place++) {
            release(table.getAndSet(place, 0), Load.bytesOf(place), place);
        }
        if (pool.waiting() != pool.buffers()) {
            throw new IllegalStateException("WRONG: " + pool.waiting() + " buffers wait, of " + pool.buffers());
        }
    }

    @Override
    public long heldBytes() {
        return pool.heldBytes();
    }

    @Override
    public void close() {
        pool.close();
    }
}
