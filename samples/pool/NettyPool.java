// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.pool;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Netty's pooled allocator, with a cache for each thread, as its own threads have one by default. */
final class NettyPool implements PoolUnderTest {
    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(
            true,
            PooledByteBufAllocator.defaultNumHeapArena(),
            PooledByteBufAllocator.defaultNumDirectArena(),
            PooledByteBufAllocator.defaultPageSize(),
            PooledByteBufAllocator.defaultMaxOrder(),
            PooledByteBufAllocator.defaultSmallCacheSize(),
            PooledByteBufAllocator.defaultNormalCacheSize(),
            true);
    private final AtomicReferenceArray<ByteBuf> table = new AtomicReferenceArray<>(Load.PLACES);

    @Override
    public String name() {
        return "Netty, pooled";
    }

    @Override
    public void useAndRelease(int bytes, int mark) {
        ByteBuf buffer = allocator.directBuffer(bytes);
        mark(buffer, bytes, mark);
        Thread.onSpinWait();
        release(buffer, bytes, mark);
    }

    @Override
    public void handOn(int place, int bytes, int mark) {
        ByteBuf buffer = allocator.directBuffer(bytes);
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
        return allocator.metric().usedDirectMemory();
    }

    @Override
    public void close() {}
}
