// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.conformance;

import dev.opvc.runtime.Memory;
import dev.opvc.runtime.internal.os.Libc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Consecutive pages of memory of their own, with protections that a test sets. */
public final class TestRegion implements AutoCloseable {
    public static final int PAGE_BYTES = 4096;

    private static final int PROT_NONE = 0;
    private static final int PROT_READ = 1;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;

    private final long address;
    private final int length;

    public TestRegion(int pages) {
        length = pages * PAGE_BYTES;
        address = succeed(Libc.mmapAnonymous(length, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS));
    }

    public long address() {
        return address;
    }

    public int length() {
        return length;
    }

    /** The bytes that a conformance case starts with: a splitmix64 stream. */
    static byte[] stream(int bytes, long seed) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long state = seed;
        while (buffer.hasRemaining()) {
            state += 0x9E3779B97F4A7C15L;
            long mixed = state;
            mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            buffer.putLong(mixed ^ (mixed >>> 31));
        }
        return buffer.array();
    }

    void fill(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            Memory.putByte(address + i, bytes[i]);
        }
    }

    byte[] bytes() {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = Memory.getByte(address + i);
        }
        return bytes;
    }

    /** Makes a page read-only, or inaccessible. */
    public void protect(int page, boolean readable) {
        succeed(Libc.mprotect(address + (long) page * PAGE_BYTES, PAGE_BYTES, readable ? PROT_READ : PROT_NONE));
    }

    /** Makes all pages readable and writable again. */
    public void unprotect() {
        succeed(Libc.mprotect(address, length, PROT_READ_WRITE));
    }

    @Override
    public void close() {
        succeed(Libc.munmap(address, length));
    }

    private static long succeed(long result) {
        if (result < 0) {
            throw new IllegalStateException("errno " + -result);
        }
        return result;
    }
}
