// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import java.util.ArrayList;
import java.util.List;

/**
 * What the statements so far have written, for the rule of overlapping reads: a value that is read from bytes that were
 * written before must be one that was written there, whole, or none of it.
 */
final class WriteHistory {
    /** What a write leaves. */
    private enum Effect {
        STORED,
        COPIED,
        UPDATED
    }

    private record Write(Range range, Effect effect, Range source) {}

    private final List<Write> writes = new ArrayList<>();

    void stored(Range range) {
        writes.add(new Write(range, Effect.STORED, range));
    }

    void updated(Range range) {
        writes.add(new Write(range, Effect.UPDATED, range));
    }

    void copied(Range range, Range source) {
        writes.add(new Write(range, Effect.COPIED, source));
    }

    /** Whether any write overlaps a range without being it. */
    boolean overlapsInPart(Range range) {
        return writes.stream().anyMatch(write -> write.range.overlaps(range) && !write.range.equals(range));
    }

    /**
     * Whether the value of a range is a range error. That is certain if a write overlaps it in part and no later one is
     * all of it; it is certainly none if no write that the value depends on does.
     *
     * @throws Skipped where the language does not say
     */
    boolean isRangeError(Range range) {
        boolean byHistory = dependsOnPart(range, writes.size());
        if (byHistory != overlapsInPart(range)) {
            throw new Skipped(Skipped.OVERLAP);
        }
        return byHistory;
    }

    /** Follows the value back through the writes before an end that made it. */
    private boolean dependsOnPart(Range range, int end) {
        for (int i = end - 1; i >= 0; i--) {
            Write write = writes.get(i);
            if (write.range.overlaps(range)) {
                if (!write.range.equals(range)) {
                    return true;
                }
                return write.effect != Effect.STORED && dependsOnPart(write.source, i);
            }
        }
        return false;
    }
}
