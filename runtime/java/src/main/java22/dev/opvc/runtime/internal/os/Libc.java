// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The functions of the C library that the runtime calls. Every one that can fail returns the negative errno instead of
 * -1. Addresses and sizes are plain {@code long}s: the runtime needs a 64-bit JVM on Linux.
 *
 * <p>This form uses {@code java.lang.foreign}. The class of the same name in the base of the jar is for Java before 22.
 */
public final class Libc {
    private static final int CALLING_THREAD = 0;
    private static final int NO_FILE = -1;

    /** The arguments of {@code syscall} after its number are variadic. */
    private static final int SYSCALL_FIRST_VARIADIC = 1;

    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");

    static {
        Platform.require();
    }

    /** So short that the thread need not tell the JVM that it leaves Java. */
    private static final MethodHandle SCHED_GETCPU =
            Downcalls.link("sched_getcpu", FunctionDescriptor.of(JAVA_INT), Linker.Option.critical(false));

    private static final MethodHandle GETPAGESIZE = Downcalls.to("getpagesize", JAVA_INT);
    private static final MethodHandle GETPID = Downcalls.to("getpid", JAVA_INT);
    private static final MethodHandle SCHED_GETAFFINITY =
            capturing("sched_getaffinity", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SCHED_SETAFFINITY =
            capturing("sched_setaffinity", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle MMAP =
            capturing("mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle MUNMAP = capturing("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle MPROTECT = capturing("mprotect", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle MADVISE = capturing("madvise", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle PROCESS_VM_READV =
            capturing("process_vm_readv", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SYSCALL = Downcalls.link(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            CAPTURE,
            Linker.Option.firstVariadicArg(SYSCALL_FIRST_VARIADIC));

    /** How this form reaches memory and the C library, for people. */
    public static final String WAY = "java.lang.foreign";

    private Libc() {}

    /** Whether the JVM lets the runtime do that without a warning. */
    public static boolean isAccessGranted() {
        return Libc.class.getModule().isNativeAccessEnabled();
    }

    private static MethodHandle capturing(String name, ValueLayout result, MemoryLayout... arguments) {
        return Downcalls.link(name, FunctionDescriptor.of(result, arguments), CAPTURE);
    }

    /** The CPU that the calling thread ran on a moment ago. */
    public static int schedGetcpu() {
        try {
            return (int) SCHED_GETCPU.invokeExact();
        } catch (Throwable e) {
            throw Downcalls.failed(e);
        }
    }

    /** Fills {@code bytes} at {@code mask} with the calling thread's affinity mask. */
    public static int schedGetaffinity(long bytes, long mask) {
        return (int) call(state -> (int) SCHED_GETAFFINITY.invokeExact(state, CALLING_THREAD, bytes, mask));
    }

    /** Sets the calling thread's affinity mask. */
    public static int schedSetaffinity(long bytes, long mask) {
        return (int) call(state -> (int) SCHED_SETAFFINITY.invokeExact(state, CALLING_THREAD, bytes, mask));
    }

    public static int getpagesize() {
        try {
            return (int) GETPAGESIZE.invokeExact();
        } catch (Throwable e) {
            throw Downcalls.failed(e);
        }
    }

    /** Maps private anonymous memory anywhere; returns its address, or a negative errno. */
    public static long mmapAnonymous(long length, int protection, int flags) {
        return call(state -> (long) MMAP.invokeExact(state, 0L, length, protection, flags, NO_FILE, 0L));
    }

    public static int munmap(long address, long length) {
        return (int) call(state -> (int) MUNMAP.invokeExact(state, address, length));
    }

    public static int mprotect(long address, long length, int protection) {
        return (int) call(state -> (int) MPROTECT.invokeExact(state, address, length, protection));
    }

    public static int madvise(long address, long length, int advice) {
        return (int) call(state -> (int) MADVISE.invokeExact(state, address, length, advice));
    }

    /** Reads this process's own memory; returns the bytes read, which are fewer where memory is not readable. */
    public static long processVmReadv(int pid, long local, long localCount, long remote, long remoteCount) {
        return call(
                state -> (long) PROCESS_VM_READV.invokeExact(state, pid, local, localCount, remote, remoteCount, 0L));
    }

    public static int getpid() {
        try {
            return (int) GETPID.invokeExact();
        } catch (Throwable e) {
            throw Downcalls.failed(e);
        }
    }

    /** A system call by its number, with four arguments. */
    public static long syscall(long number, long first, long second, long third, long fourth) {
        return call(state -> (long) SYSCALL.invokeExact(state, number, first, second, third, fourth));
    }

    /** A call that leaves errno in the segment that it is given. */
    @FunctionalInterface
    private interface Call {
        long with(MemorySegment state) throws Throwable;
    }

    private static long call(Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long returned = call.with(state);
            return returned == -1 ? -(int) ERRNO.get(state, 0L) : returned;
        } catch (Throwable e) {
            throw Downcalls.failed(e);
        }
    }
}
