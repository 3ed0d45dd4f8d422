// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.internal.memory.Blocks;
import dev.opvc.runtime.internal.os.Errno;
import dev.opvc.runtime.internal.os.Libc;

/**
 * Asks by {@code madvise(MADV_POPULATE_READ)} and {@code MADV_POPULATE_WRITE}, which Linux has from 5.14 on: the kernel
 * faults the pages in as an access would, and any error is a fault. Asking for writing also does what a write would do
 * first, such as giving a copy-on-write page its own frame.
 */
final class PopulateAccessibility implements Accessibility {
    private static final int MADV_POPULATE_READ = 22;
    private static final int MADV_POPULATE_WRITE = 23;

    private static final long PAGE_SIZE = Libc.getpagesize();

    static boolean isSupported() {
        long probe = Blocks.allocate(1);
        try {
            return new PopulateAccessibility().isAccessible(probe, 1, true);
        } finally {
            Blocks.free(probe);
        }
    }

    @Override
    public boolean isAccessible(long address, int len, boolean write) {
        long firstPage = address & -PAGE_SIZE;
        long bytes = address - firstPage + len;
        int advice = write ? MADV_POPULATE_WRITE : MADV_POPULATE_READ;
        int result;
        do {
            result = Libc.madvise(firstPage, bytes, advice);
        } while (result == -Errno.EINTR || result == -Errno.EAGAIN);
        return result == 0;
    }
}
