// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.internal.memory.Blocks;
import dev.opvc.runtime.internal.os.Libc;
import dev.opvc.runtime.internal.os.RawMemory;

/**
 * For kernels before 5.14: has the kernel read the bytes of this very process ({@code process_vm_readv}), which fails
 * where a load would, and looks up the right to write in /proc/self/maps. Where a sandbox forbids the former, the
 * latter decides alone; it does not see that a mapped file has become too short. Slow: the list of mappings is read
 * anew for every question about writing.
 */
final class ReadAndMapsAccessibility implements Accessibility {
    /** Two {@code struct iovec}, each a pointer and a length, and the bytes read: one of each page, two pages at most. */
    private static final int IOVEC_BYTES = 16;

    private static final int IOVEC_LENGTH_OFFSET = 8;
    private static final long LENGTH_MAX = Integer.MAX_VALUE;

    private final int pid = Libc.getpid();
    private final boolean canRead = canReadItself();

    private boolean canReadItself() {
        long probe = Blocks.allocate(1);
        try {
            return reads(probe, 1);
        } finally {
            Blocks.free(probe);
        }
    }

    @Override
    public boolean isAccessible(long address, int len, boolean write) {
        if (canRead && !reads(address, len)) {
            return false;
        }
        return (canRead && !write) || Mappings.ofThisProcess().allow(address, len, write);
    }

    private boolean reads(long address, long len) {
        long scratch = Blocks.allocate(2 * IOVEC_BYTES + Math.min(len, LENGTH_MAX));
        try {
            long remote = scratch + IOVEC_BYTES;
            putIovec(scratch, remote + IOVEC_BYTES, len);
            putIovec(remote, address, len);
            return Libc.processVmReadv(pid, scratch, 1, remote, 1) == len;
        } finally {
            Blocks.free(scratch);
        }
    }

    private static void putIovec(long iovec, long base, long len) {
        RawMemory.putLong(iovec, base);
        RawMemory.putLong(iovec + IOVEC_LENGTH_OFFSET, len);
    }
}
