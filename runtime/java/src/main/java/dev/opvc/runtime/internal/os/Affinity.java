// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.os;

import java.util.BitSet;

/**
 * The CPUs that the calling operating system thread may run on. A virtual thread sees and changes its carrier's.
 */
public final class Affinity {
    /** Bytes of a mask: more CPUs than any Linux kernel is built for, because a mask that is too short is EINVAL. */
    private static final int MASK_BYTES = 8192;

    private Affinity() {}

    /** Returns the calling thread's CPUs; none if the kernel does not say. */
    public static BitSet ofCallingThread() {
        long mask = RawMemory.allocate(MASK_BYTES);
        try {
            RawMemory.zero(mask, MASK_BYTES);
            if (Libc.schedGetaffinity(MASK_BYTES, mask) < 0) {
                return new BitSet();
            }
            long[] words = new long[MASK_BYTES / Long.BYTES];
            for (int i = 0; i < words.length; i++) {
                words[i] = RawMemory.getLong(mask + (long) i * Long.BYTES);
            }
            return BitSet.valueOf(words);
        } finally {
            RawMemory.free(mask);
        }
    }

    /** Whether the calling thread may run on this CPU. */
    public static boolean allowsCallingThread(int cpu) {
        long mask = RawMemory.allocate(MASK_BYTES);
        try {
            RawMemory.zero(mask, MASK_BYTES);
            if (Libc.schedGetaffinity(MASK_BYTES, mask) < 0) {
                return false;
            }
            long word = RawMemory.getLong(mask + (long) (cpu / Long.SIZE) * Long.BYTES);
            return (word >>> cpu & 1) != 0;
        } finally {
            RawMemory.free(mask);
        }
    }

    /** Binds the calling thread to these CPUs; returns 0 or a negative errno. */
    public static int bindCallingThread(BitSet cpus) {
        long mask = RawMemory.allocate(MASK_BYTES);
        try {
            RawMemory.zero(mask, MASK_BYTES);
            long[] words = cpus.toLongArray();
            for (int i = 0; i < words.length; i++) {
                RawMemory.putLong(mask + (long) i * Long.BYTES, words[i]);
            }
            return Libc.schedSetaffinity(MASK_BYTES, mask);
        } finally {
            RawMemory.free(mask);
        }
    }
}
