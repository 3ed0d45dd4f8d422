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

    private PossibleCpus() {}

    /** The possible CPUs of this machine; at least one. */
    public static BitSet read() {
        return read(LIST);
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
