// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.internal.os.RawMemory;

/** The one copy routine, of vectors and of direct code, so that overlap means the same in both. */
public final class Copy {
    /** Bytes that are read before any of them is written. */
    public static final int BLOCK_BYTES = 64;

    private Copy() {}

    /** Copies {@code len} bytes, 0 or more, as CPU_MEMCPY_OP does. */
    public static void copy(long dst, long src, long len) {
        if (len <= Word.BYTES_MAX && Word.isSize((int) len) && Word.areAligned(dst, src, (int) len)) {
            Word.store(dst, (int) len, Word.load(src, (int) len));
        } else if (Long.compareUnsigned(dst - src, len) >= 0) {
            // The ranges are disjoint, or the destination begins below the source: going front to back then never
            // overwrites a byte still to be read, whatever the blocks, and keeps the source's bytes as a move does.
            RawMemory.move(dst, src, len);
        } else {
            copyBlocks(dst, src, len);
        }
    }

    private static void copyBlocks(long dst, long src, long len) {
        for (long done = 0; done < len; done += BLOCK_BYTES) {
            RawMemory.move(dst + done, src + done, Math.min(BLOCK_BYTES, len - done));
        }
    }
}
