// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.memory;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hands out ranges of offsets below a limit. Ranges that were given back join with free neighbours, so that they serve
 * any size. The lowest range that is large enough is taken: memory that was in use before is used first.
 *
 * <p>Thread-safe. Nothing blocks inside, so a virtual thread is not held for long.
 */
final class OffsetPool {
    static final long NONE = -1;

    /** The free ranges: offset to size. No two touch. */
    private final TreeMap<Long, Long> free = new TreeMap<>();

    OffsetPool(long first, long limit) {
        free.put(first, limit - first);
    }

    /** Takes a range of this size; {@link #NONE} if none is left. */
    synchronized long take(long size) {
        Map.Entry<Long, Long> range = lowest(size);
        if (range == null) {
            return NONE;
        }
        Long offset = range.getKey();
        long length = range.getValue();
        // The rest goes in first: this allocates, and where the heap has no room for it nothing must be lost.
        if (length > size) {
            free.put(offset + size, length - size);
        }
        free.remove(offset);
        return offset;
    }

    private Map.@Nullable Entry<Long, Long> lowest(long size) {
        for (Map.Entry<Long, Long> range : free.entrySet()) {
            if (range.getValue() >= size) {
                return range;
            }
        }
        return null;
    }

    /** Gives back a range that {@link #take} returned for this size. */
    synchronized void give(long offset, long size) {
        long start = offset;
        long length = size;
        Map.Entry<Long, Long> before = free.lowerEntry(offset);
        if (before != null && before.getKey() + before.getValue() == offset) {
            start = before.getKey();
            length += before.getValue();
        }
        Long end = offset + size;
        Long after = free.get(end);
        if (after != null) {
            length += after;
        }
        // As in take, what allocates comes first.
        free.put(start, length);
        if (after != null) {
            free.remove(end);
        }
    }
}
