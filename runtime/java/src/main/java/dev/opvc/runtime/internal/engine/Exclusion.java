// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.internal.memory.Beginnings;
import dev.opvc.runtime.internal.memory.Regions;
import dev.opvc.runtime.internal.os.RawMemory;
import java.lang.invoke.VarHandle;

/**
 * Each CPU's exclusion within this process: a word at the start of the CPU's region, taken by compare-and-swap, and
 * a version beside it, which every holder changes before it does anything. The idiom is
 *
 * <pre>{@code
 * long region = Exclusion.enterCurrent();
 * try {
 *     work();
 * } finally {
 *     Exclusion.leave(region);
 * }
 * }</pre>
 *
 * <p>There is one word for a CPU and not one for each slot, because every unit on a CPU excludes every other, and not
 * all of them say which slots they work on: a unit may have several, and raw pointers may lead anywhere.
 *
 * <p>Entering acquires and leaving releases: what was done under the word happens before what is done under it next.
 * The word is not reentrant and belongs to no thread. A thread that holds one must not block, wait for another
 * word, or call code that it does not know. So a virtual thread never leaves its carrier under a word (it waits before
 * it takes one, never after). A holder can be preempted.
 *
 * <p><b>Stack.</b> A call that finds no stack throws, and between two stores, or before the word is given back, that
 * must not happen. So {@link StackReserve#take}, which takes the word, fails first: see there.
 *
 * <p><b>Snapshots.</b> Who reads without the word asks for the {@link #version}, reads, and asks whether it {@link
 * #isStill} the version. It is, only if no holder's store can have been seen: a holder takes the word, then changes the
 * version, then stores, each visible before the next. A reader that finds the word free after it has read the version
 * has found no holder of that version at work, and one that saw a store of a later holder sees that one's version, too.
 */
public final class Exclusion {
    /** What {@link #version} returns while somebody is at work; versions are 0 or more. */
    public static final long BUSY = -1;

    /** Holders of one CPU's word after which its thread asks anew where it runs; a power of two. */
    private static final int ASK_AFTER = 1024;

    private Exclusion() {}

    /**
     * Takes a word, best that of the CPU on which the calling thread runs. It waits only while all CPUs' words are
     * taken.
     *
     * @return the region of the CPU whose word it is
     */
    public static long enterCurrent() {
        long region = StackReserve.take(CurrentCpu.region(), true);
        return (changeVersion(region) & (ASK_AFTER - 1)) == 0 ? askAndEnter(region) : region;
    }

    /** Waits for a possible CPU's word, takes it, and returns the CPU's region. */
    public static long enter(int cpu) {
        long region = StackReserve.take(Regions.region(cpu), false);
        changeVersion(region);
        return region;
    }

    /** Gives the word back. */
    public static void leave(long region) {
        CpuWord.free(region);
    }

    /** Counts on: release, so that who sees the version sees the word taken; the fence, so that stores come later. */
    private static long changeVersion(long region) {
        long version = RawMemory.getLong(region + Regions.VERSION_OFFSET) + 1;
        RawMemory.putLongRelease(region + Regions.VERSION_OFFSET, version);
        VarHandle.storeStoreFence();
        return version;
    }

    // Asking is a call into the system, which can stop at a safepoint: not under the word.
    private static long askAndEnter(long region) {
        leave(region);
        long here = StackReserve.take(CurrentCpu.ask(), true);
        changeVersion(here);
        return here;
    }

    /** The version of what a CPU's slots hold, or {@link #BUSY}. */
    public static long version(long region) {
        long version = RawMemory.getLongAcquire(region + Regions.VERSION_OFFSET);
        boolean free = CpuWord.isFree(region);
        return free ? version : BUSY;
    }

    /** Whether all that was read since {@link #version} returned this stood there at one moment. */
    public static boolean isStill(long region, long version) {
        VarHandle.loadLoadFence();
        return RawMemory.getLong(region + Regions.VERSION_OFFSET) == version;
    }

    /**
     * Waits until nothing that had begun before this call runs on any CPU, and until what runs there later sees all
     * that the caller wrote before.
     */
    public static void passEveryCpu() {
        for (int cpu : Beginnings.used()) {
            leave(enter(cpu));
        }
        leave(enterBlank());
    }

    /**
     * Waits for a possible CPU's word, and takes it; of a CPU that is not used, that of the blank, and returns that: what
     * somebody sets back there is what it is.
     */
    public static long enterOrBlank(int cpu) {
        return Beginnings.isUsed(cpu) ? enter(cpu) : enterBlank();
    }

    private static long enterBlank() {
        long region = StackReserve.take(Regions.blank(), false);
        changeVersion(region);
        return region;
    }

    /** The region of a possible CPU for who only reads: of one that is not used, the blank. */
    public static long regionToRead(int cpu) {
        return Beginnings.isUsed(cpu) ? Regions.region(cpu) : Regions.blank();
    }

    /** Has a possible CPU be used, for who works on its slots without its word. */
    public static void use(int cpu) {
        if (!Beginnings.isUsed(cpu)) {
            CpuWord.open(cpu);
        }
    }
}
