// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.doctor;

import dev.opvc.runtime.internal.os.Errno;
import dev.opvc.runtime.internal.os.Libc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the kernel offers to C's runtime, asked without changing anything. */
final class KernelOffers {
    /** Numbers of system calls, by {@code os.arch}. */
    private record Numbers(long rseq, long membarrier) {}

    private static final Map<String, Numbers> NUMBERS =
            Map.of("amd64", new Numbers(334, 324), "aarch64", new Numbers(293, 283));

    private static final int MEMBARRIER_QUERY = 0;
    private static final int MEMBARRIER_PRIVATE_EXPEDITED_RSEQ = 1 << 7;

    /** An address of the kernel's, aligned as an area has to be: no area can be registered there. */
    private static final long NO_ADDRESS = -4096;

    private static final int RSEQ_BYTES = 32;

    private static final Path AUXILIARY_VECTOR = Path.of("/proc/self/auxv");
    private static final long AT_RSEQ_FEATURE_SIZE = 27;

    /** Bytes that the kernel fills where the auxiliary vector does not say, before Linux 6.3. */
    private static final long ORIGINAL_FEATURES = 20;

    /**
     * What was found.
     *
     * @param there whether it works
     * @param why how that is known, and which version it is
     */
    record Offer(boolean there, String why) {}

    private KernelOffers() {}

    /** Asks to register an impossible area: what the kernel objects to tells whether there is another already. */
    static Offer rseq() {
        Numbers numbers = NUMBERS.get(System.getProperty("os.arch", ""));
        if (numbers == null) {
            return unknown();
        }
        int answer = (int) -Libc.syscall(numbers.rseq(), NO_ADDRESS, RSEQ_BYTES, 0, 0);
        return switch (answer) {
            case Errno.EINVAL, Errno.EBUSY, Errno.EPERM ->
                new Offer(
                        true,
                        "the C library has registered this thread; the kernel fills " + rseqFeatures()
                                + " bytes. Java's runtime does not use it, C's does");
            case Errno.EFAULT ->
                new Offer(
                        false,
                        "the kernel has it, and this thread is not registered: that takes glibc 2.35, and GLIBC_TUNABLES"
                                + " without glibc.pthread.rseq=0. Java's runtime does not use it");
            default ->
                new Offer(false, "the kernel answers " + Errno.name(answer) + ". Java's runtime does not use it");
        };
    }

    static Offer membarrier() {
        Numbers numbers = NUMBERS.get(System.getProperty("os.arch", ""));
        if (numbers == null) {
            return unknown();
        }
        long commands = Libc.syscall(numbers.membarrier(), MEMBARRIER_QUERY, 0, 0, 0);
        if (commands < 0) {
            return new Offer(false, "the kernel answers " + Errno.name((int) -commands));
        }
        boolean sections = (commands & MEMBARRIER_PRIVATE_EXPEDITED_RSEQ) != 0;
        return new Offer(
                sections,
                "the kernel " + (sections ? "has" : "lacks")
                        + " the private expedited command for restartable sequences. Java's runtime does not use it, C's"
                        + " does");
    }

    private static Offer unknown() {
        return new Offer(false, "not known for this machine. Java's runtime does not use it");
    }

    /** Pairs of a kind and a value, in words of the machine. */
    private static long rseqFeatures() {
        try {
            ByteBuffer pairs =
                    ByteBuffer.wrap(Files.readAllBytes(AUXILIARY_VECTOR)).order(ByteOrder.nativeOrder());
            while (pairs.remaining() >= 2 * Long.BYTES) {
                long kind = pairs.getLong();
                long value = pairs.getLong();
                if (kind == AT_RSEQ_FEATURE_SIZE) {
                    return value;
                }
            }
            return ORIGINAL_FEATURES;
        } catch (IOException e) {
            return ORIGINAL_FEATURES;
        }
    }
}
