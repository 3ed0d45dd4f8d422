// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.stress;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/** Where threads of the operating system may run. They are known by the kernel's numbers. */
final class Affinities {
    static final int NO_THREAD = 0;

    /** Words of a mask: as many CPUs as Linux can be built for. */
    private static final int MASK_WORDS = 8192 / Long.SIZE;

    private static final int ESRCH = 3;

    static {
        Native.register(Affinities.class, NativeLibrary.getProcess());
    }

    private Affinities() {}

    private static native int sched_getaffinity(int thread, long bytes, long[] mask);

    private static native int sched_setaffinity(int thread, long bytes, long[] mask);

    /** The number of the calling thread, which is not a virtual one. */
    static int callingThread() {
        try {
            // The link leads to "PROCESS/task/THREAD".
            Path link = Files.readSymbolicLink(Path.of("/proc/thread-self"));
            return Integer.parseInt(link.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BitSet of(int thread) {
        long[] mask = new long[MASK_WORDS];
        if (sched_getaffinity(thread, MASK_WORDS * Long.BYTES, mask) < 0) {
            throw Stress.fail("the CPUs of a thread are not known: errno " + Native.getLastError());
        }
        return BitSet.valueOf(mask);
    }

    /** Lets a thread run on these CPUs only. It may have ended; that changes nothing. */
    static void move(int thread, BitSet cpus) {
        long[] mask = new long[MASK_WORDS];
        long[] words = cpus.toLongArray();
        System.arraycopy(words, 0, mask, 0, words.length);
        if (sched_setaffinity(thread, MASK_WORDS * Long.BYTES, mask) != 0 && Native.getLastError() != ESRCH) {
            throw Stress.fail("a thread could not be moved: errno " + Native.getLastError());
        }
    }
}
