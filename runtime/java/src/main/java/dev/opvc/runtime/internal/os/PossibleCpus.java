// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Finds the possible CPUs: all that can ever be plugged in while this kernel runs, whichever are online now and
 * whichever a container may use.
 */
public final class PossibleCpus {
    private static final Path LIST = Path.of("/sys/devices/system/cpu/possible");

    private static final BitSet ALL = read(LIST);

    /** The highest possible CPU number plus one. */
    public static final int SLOTS = ALL.length();

    private static final boolean CONTIGUOUS = ALL.cardinality() == SLOTS;

    private PossibleCpus() {}

    /** Whether this is the number of a possible CPU; false for any other number. */
    public static boolean contain(int cpu) {
        return cpu >= 0 && cpu < SLOTS && (CONTIGUOUS || ALL.get(cpu));
    }

    /** The possible CPU after this one, in ascending order and round again; for -1 the first. */
    public static int after(int cpu) {
        int next = ALL.nextSetBit(cpu + 1);
        return next >= 0 ? next : ALL.nextSetBit(0);
    }

    /** The numbers, for people. */
    public static String describe() {
        return CONTIGUOUS ? "0 to " + (SLOTS - 1) : ALL.toString();
    }

    /** The numbers, in the kernel's format: {@code 0-3,8}. */
    public static String list() {
        return CpuLists.format(ALL);
    }

    /** Where they were learned, for people. */
    public static String source() {
        return Files.isReadable(LIST)
                ? LIST.toString()
                : "affinity mask and availableProcessors, because " + LIST + " cannot be read";
    }

    /**
     * Reads the kernel's list. Where there is none (a sandbox without /sys), takes the largest of what else is known:
     * the highest CPU of the affinity mask and of the JVM's count. Too many slots cost memory; too few are mended by
     * the caller, who folds a CPU number into the range.
     */
    static BitSet read(Path list) {
        try {
            return CpuLists.parse(Files.readString(list));
        } catch (IOException | IllegalArgumentException e) {
            int slots = Math.max(
                    Affinity.ofCallingThread().length(), Runtime.getRuntime().availableProcessors());
            BitSet all = new BitSet();
            all.set(0, Math.max(1, slots));
            return all;
        }
    }
}
