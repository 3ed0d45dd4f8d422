// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.memory;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Hands out ranges of offsets below a limit. A range that was given back is handed out again for the same size only:
 * programs use few sizes, and no range ever mixes the remains of two.
 *
 * <p>Thread-safe. Nothing blocks inside, so a virtual thread is not held for long.
 */
final class OffsetPool {
    static final long NONE = -1;

    private final long limit;
    private final Map<Long, ArrayDeque<Long>> returned = new HashMap<>();
    private long next;

    OffsetPool(long first, long limit) {
        this.next = first;
        this.limit = limit;
    }

    /** Takes a range of this size; {@link #NONE} if none is left. */
    synchronized long take(long size) {
        ArrayDeque<Long> ready = returned.get(size);
        if (ready != null && !ready.isEmpty()) {
            return ready.pop();
        }
        if (size > limit - next) {
            return NONE;
        }
        long offset = next;
        next += size;
        return offset;
    }

    /** Gives back a range that {@link #take} returned for this size. */
    synchronized void give(long offset, long size) {
        returned.computeIfAbsent(size, ignored -> new ArrayDeque<>()).push(offset);
    }
}
