// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.internal.os.Libc;
import dev.opvc.runtime.internal.os.PossibleCpus;

/**
 * Remembers where each thread ran, because asking costs more than most transactions.
 *
 * <p>The memory is a table indexed by thread id. Threads whose ids meet in one entry share a hint and so contend a
 * little; nothing else can go wrong, since every entry names a possible CPU at any time and is one {@code int}: races
 * lose an update, never mix two. No address of a thread is kept, so virtual threads and dead threads are safe. An
 * entry counts its uses down and is then asked anew.
 */
public final class CurrentCpu {
    /** Uses of one answer, as bits: 2^7 = 128 calls, after which asking costs under a nanosecond a call. */
    private static final int USES_BITS = 7;

    private static final int USES_MASK = (1 << USES_BITS) - 1;

    /** Threads with neighbouring ids run side by side: one cache line of 64 bytes for each entry. */
    private static final int ENTRY_BITS = 4;

    private static final int ENTRIES = 1024;

    private static final int[] TABLE = new int[ENTRIES << ENTRY_BITS];

    private CurrentCpu() {}

    /** A possible CPU that the calling thread probably runs on. */
    public static int hint() {
        int index = index();
        int entry = TABLE[index];
        if ((entry & USES_MASK) == 0) {
            return ask(index);
        }
        TABLE[index] = entry - 1;
        return entry >>> USES_BITS;
    }

    private static int ask(int index) {
        int cpu = Libc.schedGetcpu();
        if (!PossibleCpus.contain(cpu)) {
            cpu = PossibleCpus.after(-1);
        }
        TABLE[index] = cpu << USES_BITS | USES_MASK;
        return cpu;
    }

    // Thread.threadId() exists from Java 19 only. A subclass may override getId() before that: any number will do here.
    @SuppressWarnings("deprecation")
    private static int index() {
        return ((int) Thread.currentThread().getId() & (ENTRIES - 1)) << ENTRY_BITS;
    }
}
