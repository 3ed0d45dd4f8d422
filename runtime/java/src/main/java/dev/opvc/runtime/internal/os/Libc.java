// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.os;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The functions of the C library that the runtime calls. Every one that can fail returns the negative errno instead of
 * -1. Addresses and sizes are plain {@code long}s: the runtime needs a 64-bit JVM on Linux.
 *
 * <p>This form uses JNA's direct mapping. The Java 22 layer holds a class of the same name and shape on {@code
 * java.lang.foreign}.
 */
public final class Libc {
    static {
        Platform.require();
        Native.register(Direct.class, NativeLibrary.getProcess());
    }

    /** How this form reaches memory and the C library, for people. */
    public static final String WAY = "JNA and sun.misc.Unsafe";

    /** The first Java that warns of libraries that load native code without leave, as JNA does. */
    private static final int WARNS_FROM = 24;

    private Libc() {}

    /** Whether the JVM lets the runtime do that without a warning. */
    public static boolean isAccessGranted() {
        return Runtime.version().feature() < WARNS_FROM;
    }

    /** The CPU that the calling thread ran on a moment ago. */
    public static int schedGetcpu() {
        return Direct.sched_getcpu();
    }

    /** Fills {@code bytes} at {@code mask} with the calling thread's affinity mask. */
    public static int schedGetaffinity(long bytes, long mask) {
        return (int) resultOf(Direct.sched_getaffinity(CALLING_THREAD, bytes, mask));
    }

    /** Sets the calling thread's affinity mask. */
    public static int schedSetaffinity(long bytes, long mask) {
        return (int) resultOf(Direct.sched_setaffinity(CALLING_THREAD, bytes, mask));
    }

    public static int getpagesize() {
        return Direct.getpagesize();
    }

    /** Maps private anonymous memory anywhere; returns its address, or a negative errno. */
    public static long mmapAnonymous(long length, int protection, int flags) {
        return resultOf(Direct.mmap(0, length, protection, flags, NO_FILE, 0));
    }

    public static int munmap(long address, long length) {
        return (int) resultOf(Direct.munmap(address, length));
    }

    public static int mprotect(long address, long length, int protection) {
        return (int) resultOf(Direct.mprotect(address, length, protection));
    }

    public static int madvise(long address, long length, int advice) {
        return (int) resultOf(Direct.madvise(address, length, advice));
    }

    /** Reads this process's own memory; returns the bytes read, which are fewer where memory is not readable. */
    public static long processVmReadv(int pid, long local, long localCount, long remote, long remoteCount) {
        return resultOf(Direct.process_vm_readv(pid, local, localCount, remote, remoteCount, 0));
    }

    public static int getpid() {
        return Direct.getpid();
    }

    /** A system call by its number, with four arguments. */
    public static long syscall(long number, long first, long second, long third, long fourth) {
        return resultOf(Direct.syscall(number, first, second, third, fourth));
    }

    private static final int CALLING_THREAD = 0;
    private static final int NO_FILE = -1;

    // JNA keeps errno per operating system thread. A virtual thread cannot change its carrier between the call and
    // this line, because it changes carriers only where it blocks.
    private static long resultOf(long returned) {
        return returned == -1 ? -Native.getLastError() : returned;
    }

    /** The names and types are the C library's. */
    @SuppressWarnings({"checkstyle:MethodName", "MethodName"})
    private static final class Direct {
        static native int sched_getcpu();

        static native int sched_getaffinity(int pid, long bytes, long mask);

        static native int sched_setaffinity(int pid, long bytes, long mask);

        static native int getpagesize();

        static native long mmap(long address, long length, int protection, int flags, int file, long offset);

        static native int munmap(long address, long length);

        static native int mprotect(long address, long length, int protection);

        static native int madvise(long address, long length, int advice);

        static native long process_vm_readv(
                int pid, long local, long localCount, long remote, long remoteCount, long flags);

        static native int getpid();

        static native long syscall(long number, long first, long second, long third, long fourth);
    }
}
