// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import dev.opvc.runtime.internal.os.Errno;

/** The system call {@code cpu_opv} on native memory, whatever engine executes it. */
public final class CpuOpv {
    /** An argument or an operation is invalid, or the calling thread may not run on the CPU. */
    public static final int EINVAL = Errno.EINVAL;
    /** Memory that an operation touches is not accessible. */
    public static final int EFAULT = Errno.EFAULT;
    /** The same, where the operation's expect_fault says that it may happen: retry. */
    public static final int EAGAIN = Errno.EAGAIN;
    /** The kernel does not have the system call. */
    public static final int ENOSYS = Errno.ENOSYS;

    private CpuOpv() {}

    /**
     * Executes {@code count} operations, each a {@code struct cpu_op}, on the data of {@code cpu}, atomically with
     * respect to every other vector on that CPU. May be called from any thread; a virtual thread has its carrier's
     * affinity.
     *
     * <p>Before anything runs, the vector is checked, and all memory that it touches is checked to be accessible. What
     * other threads unmap after that is their fault: in user space it ends the process.
     *
     * @param ops the address of the operations; they are copied first
     * @param count 0 to {@link CpuOp#CPU_OP_VEC_LEN_MAX}
     * @param cpu a possible CPU that the calling thread may run on
     * @param flags 0, or {@link CpuOp#CPU_OP_NR_FLAG} or {@link CpuOp#CPU_OP_VEC_LEN_MAX_FLAG}, for which nothing else
     *     is looked at
     * @return 0 if all operations were done; the 1-based index of the comparison that stopped the vector, those before
     *     it being done; the number that a flag asked for; or a negative errno: -{@link #EINVAL}, -{@link #EFAULT} or
     *     -{@link #EAGAIN}, nothing having been done
     * @throws EngineUnavailableException if the engine that was asked for cannot work here
     */
    public static int cpuOpv(long ops, int count, int cpu, int flags) {
        return Engines.current().cpuOpv(ops, count, cpu, flags);
    }
}
