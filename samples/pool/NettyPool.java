// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.pool;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Netty's pooled allocator, which has a cache for each of Netty's own threads, but for no virtual one. */
final class NettyPool implements PoolUnderTest {
    /** One for the process: in Netty, threads' caches may outlive an allocator that is collected, and release into it. */
    private static final PooledByteBufAllocator ALLOCATOR = new PooledByteBufAllocator(true);

    private final AtomicReferenceArray<ByteBuf> table = new AtomicReferenceArray<>(Load.PLACES);

    @Override
    public String name() {
        return "Netty, pooled";
    }

    @Override
    public void useAndRelease(int bytes, int mark) {
        ByteBuf buffer = ALLOCATOR.directBuffer(bytes);
        mark(buffer, bytes, mark);
        Thread.onSpinWait();
        release(buffer, bytes, mark);
    }

    @Override
    public void handOn(int place, int bytes, int mark) {
        ByteBuf buffer = ALLOCATOR.directBuffer(bytes);
        mark(buffer, bytes, mark);
        release(table.getAndSet(place, buffer), bytes, mark);
    }

    private static void mark(ByteBuf buffer, int bytes, int mark) {
        buffer.setInt(0, mark);
        buffer.setInt(bytes - Integer.BYTES, mark);
    }

    private static void release(ByteBuf buffer, int bytes, int mark) {
        if (buffer != null) {
            PoolUnderTest.requireMark(buffer.getInt(0), mark);
            PoolUnderTest.requireMark(buffer.getInt(bytes - Integer.BYTES), mark);
            buffer.release();
        }
    }

    @Override
    public void releaseAll() {
        for (int place = 0; place < Load.PLACES; place++) {
            release(table.getAndSet(place, null), Load.bytesOf(place), place);
        }
    }

    @Override
    public long heldBytes() {
        return ALLOCATOR.metric().usedDirectMemory();
    }

    @Override
    public void close() {}
}
