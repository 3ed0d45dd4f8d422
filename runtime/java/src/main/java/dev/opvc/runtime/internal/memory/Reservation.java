// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.memory;

import dev.opvc.runtime.internal.os.Libc;

/**
 * One range of address space, reserved when the runtime starts and never given back. All of it is readable and
 * writable for the life of the process; pages cost memory from their first use on. So whether an address is safe to
 * touch is two comparisons, and an address that has become stale reads old bytes where it might have ended the process.
 *
 * <p>It is divided into parts of one size: the regions of the CPUs, and a last part for everything else.
 */
final class Reservation {
    private static final int PROT_READ_WRITE = 0x1 | 0x2;
    private static final int MAP_PRIVATE = 0x02;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_NORESERVE = 0x4000;
    private static final int MADV_NOHUGEPAGE = 15;

    /** What one part would like to have, and the least it can do with where address space is limited. */
    static final int PART_BITS_WANTED = 28;

    static final int PART_BITS_LEAST = 20;

    final long start;
    final int partBits;
    final long length;

    private Reservation(long start, int partBits, long length) {
        this.start = start;
        this.partBits = partBits;
        this.length = length;
    }

    /** Reserves this many parts, as large as the machine grants. */
    static Reservation of(int parts) {
        long answer = 0;
        for (int bits = PART_BITS_WANTED; bits >= PART_BITS_LEAST; bits--) {
            long length = (long) parts << bits;
            answer = Libc.mmapAnonymous(length, PROT_READ_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE);
            if (answer > 0) {
                // A slot of a hundred bytes should not cost a huge page for each CPU. Where there are none, this
                // fails and does not matter.
                Libc.madvise(answer, length, MADV_NOHUGEPAGE);
                return new Reservation(answer, bits, length);
            }
        }
        throw new OutOfMemoryError("opvc cannot reserve " + ((long) parts << PART_BITS_LEAST)
                + " bytes of address space (errno " + -answer + "); raise the limit on virtual memory (ulimit -v)");
    }

    long part(int index) {
        return start + ((long) index << partBits);
    }

    long partLength() {
        return 1L << partBits;
    }

    /** Whether all of these bytes lie inside; {@code count} is not negative and no longer than the reservation. */
    boolean covers(long address, long count) {
        return Long.compareUnsigned(address - start, length - count) <= 0;
    }
}
