// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.pool;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/** What one writes for want of better: each thread keeps the buffers that it releases, up to some of each size. */
final class ThreadLocalPool implements PoolUnderTest {
    private final AtomicReferenceArray<ByteBuffer> table = new AtomicReferenceArray<>(Load.PLACES);
    private final LongAdder allocated = new LongAdder();
    private final ThreadLocal<List<Deque<ByteBuffer>>> kept = ThreadLocal.withInitial(() -> {
        List<Deque<ByteBuffer>> sizes = new ArrayList<>();
        for (int i = 0; i < PoolOps.CLASSES; i++) {
            sizes.add(new ArrayDeque<>());
        }
        return sizes;
    });

    @Override
    public String name() {
        return "lists per thread";
    }

    private ByteBuffer acquire(int bytes) {
        ByteBuffer buffer = kept.get().get(Load.classOf(bytes)).poll();
        if (buffer != null) {
            return buffer;
        }
        allocated.add(bytes);
        return ByteBuffer.allocateDirect(bytes);
    }

    private void release(ByteBuffer buffer, int bytes, int mark) {
        if (buffer == null) {
            return;
        }
        PoolUnderTest.requireMark(buffer.getInt(0), mark);
        PoolUnderTest.requireMark(buffer.getInt(bytes - Integer.BYTES), mark);
        Deque<ByteBuffer> own = kept.get().get(Load.classOf(bytes));
        if (own.size() < 2 * PoolOps.BATCH) {
            own.push(buffer);
        }
    }

    private static void mark(ByteBuffer buffer, int bytes, int mark) {
        buffer.putInt(0, mark);
        buffer.putInt(bytes - Integer.BYTES, mark);
    }

    @Override
    public void useAndRelease(int bytes, int mark) {
        ByteBuffer buffer = acquire(bytes);
        mark(buffer, bytes, mark);
        Thread.onSpinWait();
        release(buffer, bytes, mark);
    }

    @Override
    public void handOn(int place, int bytes, int mark) {
        ByteBuffer buffer = acquire(bytes);
        mark(buffer, bytes, mark);
        release(table.getAndSet(place, buffer), bytes, mark);
    }

    @Override
    public void releaseAll() {
        for (int place = 0; place < Load.PLACES; place++) {
            release(table.getAndSet(place, null), Load.bytesOf(place), place);
        }
    }

    /** All that was ever allocated: when the collector gives memory back is not to be seen. */
    @Override
    public long heldBytes() {
        return allocated.sum();
    }

    @Override
    public void close() {}
}
