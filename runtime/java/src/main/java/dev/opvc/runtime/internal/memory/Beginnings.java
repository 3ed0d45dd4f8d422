// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.memory;

import dev.opvc.runtime.internal.os.PossibleCpus;
import dev.opvc.runtime.internal.os.RawMemory;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Gives slots what they begin with, and no page of a CPU that nobody uses.
 *
 * <p>What an instance's slots begin with lies in the {@linkplain Regions#blank blank}, a region of no CPU, at the
 * instance's place. A CPU that is used for the first time gets from there, before its word is opened, all that is not
 * zero; instances that come later are written to the CPUs that are used by then. Each slot is written once, by one of the
 * two: both are done under one lock. Until then the CPU's memory is as the system has handed it out, and whoever only
 * reads reads the blank.
 *
 * <p>Nothing blocks under the lock, and no word is waited for.
 */
public final class Beginnings {
    /** Where it is not 0, a CPU's memory may hold what slots began with. */
    private static final int BEGUN = 1;

    private static final int USED = 2;

    private static final Object LOCK = new Object();

    /** By CPU. Written under the lock, behind all that a CPU's memory has to hold then. */
    private static final AtomicIntegerArray CPUS = new AtomicIntegerArray(PossibleCpus.SLOTS);

    /** The instances that do not begin as zero: offset to size. */
    private static final TreeMap<Long, Long> PATTERNED = new TreeMap<>();

    /** No instance has ever reached past this offset, so that memory behind it is zero everywhere. */
    private static long handedOut;

    private Beginnings() {}

    /** Whether something has run on a possible CPU, or somebody has asked for its slots. */
    public static boolean isUsed(int cpu) {
        return CPUS.getAcquire(cpu) == USED;
    }

    /**
     * Has the slot of an instance in the blank be zero. The instance is the caller's alone.
     *
     * @return how many of its bytes may have been used before, and are not zero on CPUs that are used
     */
    public static long clear(long instance, long slotSize) {
        long usedBefore;
        synchronized (LOCK) {
            usedBefore = Math.max(0, Math.min(slotSize, handedOut - instance));
            handedOut = Math.max(handedOut, instance + slotSize);
        }
        RawMemory.zero(Regions.blank() + instance, usedBefore);
        return usedBefore;
    }

    /**
     * Has all slots of an instance begin as its slot in the blank.
     *
     * @param usedBefore what {@link #clear} returned
     */
    public static void begin(long instance, long slotSize, long usedBefore) {
        boolean patterned = !isZero(Regions.blank() + instance, slotSize);
        synchronized (LOCK) {
            if (patterned) {
                PATTERNED.put(instance, slotSize);
            }
            for (int cpu = 0; cpu < PossibleCpus.SLOTS; cpu++) {
                if (CPUS.get(cpu) != 0) {
                    RawMemory.zero(Regions.slot(cpu, instance), usedBefore);
                    if (patterned) {
                        fill(cpu, instance, slotSize);
                    }
                }
            }
        }
    }

    /** The instance is gone: CPUs that are used from now on need not know what it began with. */
    public static void end(long instance) {
        synchronized (LOCK) {
            PATTERNED.remove(instance);
        }
    }

    /**
     * Has a possible CPU be used: its slots hold then what they begin with.
     *
     * @param word the address of an int that lets transactions run on it: opened behind all else, so that nobody reads
     *     the blank for what they have changed
     * @param closed what the word says until then
     * @param open what it says from then on
     */
    public static void use(int cpu, long word, int closed, int open) {
        synchronized (LOCK) {
            if (CPUS.get(cpu) != USED) {
                // What was broken off is begun again; until then it is kept right like a CPU that is used.
                CPUS.set(cpu, BEGUN);
                for (Map.Entry<Long, Long> each : PATTERNED.entrySet()) {
                    fill(cpu, each.getKey(), each.getValue());
                }
                CPUS.setRelease(cpu, USED);
            }
            // Also where who did the rest had no stack left for this.
            if (RawMemory.getIntAcquire(word) == closed) {
                RawMemory.putIntRelease(word, open);
            }
        }
    }

    /** The CPUs that are used by now: who uses another one later sees all that the caller has written before. */
    public static int[] used() {
        synchronized (LOCK) {
            int[] used = new int[PossibleCpus.SLOTS];
            int count = 0;
            for (int cpu = 0; cpu < used.length; cpu++) {
                if (CPUS.get(cpu) == USED) {
                    used[count++] = cpu;
                }
            }
            return Arrays.copyOf(used, count);
        }
    }

    /**
     * Uses once, on what is nobody's, what {@link #use} calls: the first use of it takes far more stack than later ones, and
     * may throw for want of that.
     */
    public static void prepare() {
        AtomicIntegerArray cpus = new AtomicIntegerArray(1);
        cpus.set(0, BEGUN);
        cpus.setRelease(0, cpus.get(0));
        cpus.getAcquire(0);
        long sum = 0;
        for (Map.Entry<Long, Long> each : new TreeMap<>(Map.of(0L, 0L)).entrySet()) {
            sum += each.getKey() + each.getValue();
        }
        cpus.set(0, (int) sum);
        used();
    }

    private static void fill(int cpu, long instance, long slotSize) {
        RawMemory.move(Regions.slot(cpu, instance), Regions.blank() + instance, slotSize);
    }

    /** Slots have a multiple of {@link Regions#ALIGNMENT} bytes. */
    private static boolean isZero(long address, long bytes) {
        for (long at = address; at < address + bytes; at += Long.BYTES) {
            if (RawMemory.getLong(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
