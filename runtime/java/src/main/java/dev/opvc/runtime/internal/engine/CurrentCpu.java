// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.internal.memory.Regions;
import dev.opvc.runtime.internal.os.Libc;
import dev.opvc.runtime.internal.os.PossibleCpus;

/**
 * Remembers where each thread ran, because asking costs more than most transactions.
 *
 * <p>The memory is a table by thread id, of regions, so that one load leads from the thread to its CPU's memory. Threads
 * whose ids meet in one entry share a hint and so contend a little; nothing else can go wrong, since every entry is the
 * region of a possible CPU at any time: races lose an update, and on a 64-bit JVM none mixes two. No address of a
 * thread is kept, so virtual threads and dead threads are safe.
 */
public final class CurrentCpu {
    private static final int ENTRIES = 4096;

    /** Uses of one answer by who asks for nothing but the number. */
    private static final int USES = 128;

    private static final long[] REGIONS = regions();

    /** For each entry, how often {@link #hint} uses it before it asks anew. */
    private static final int[] USES_LEFT = new int[ENTRIES];

    private CurrentCpu() {}

    private static long[] regions() {
        long[] regions = new long[ENTRIES];
        int cpu = -1;
        for (int i = 0; i < ENTRIES; i++) {
            cpu = PossibleCpus.after(cpu);
            regions[i] = Regions.region(cpu);
        }
        return regions;
    }

    /** The region of a possible CPU that the calling thread probably runs on. */
    static long region() {
        return REGIONS[index()];
    }

    /** A possible CPU that the calling thread probably runs on. */
    public static int hint() {
        int index = index();
        int left = USES_LEFT[index];
        if (left <= 0) {
            USES_LEFT[index] = USES;
            return Regions.cpuOf(ask());
        }
        USES_LEFT[index] = left - 1;
        return Regions.cpuOf(REGIONS[index]);
    }

    /** Asks the system, folds an answer that cannot be into the possible range, and returns the CPU's region. */
    static long ask() {
        int cpu = Libc.schedGetcpu();
        long region = Regions.region(PossibleCpus.contain(cpu) ? cpu : PossibleCpus.after(-1));
        remember(region);
        return region;
    }

    /** Has the calling thread work there for a while. */
    static void remember(long region) {
        int index = index();
        // Neighbours in the table share the line.
        if (REGIONS[index] != region) {
            REGIONS[index] = region;
        }
    }

    // Thread.threadId() exists from Java 19 only. A subclass may override getId() before that: any number will do here.
    @SuppressWarnings("deprecation")
    private static int index() {
        return (int) Thread.currentThread().getId() & (ENTRIES - 1);
    }
}
