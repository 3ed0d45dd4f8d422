// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.Engine;
import dev.opvc.runtime.internal.os.Affinity;
import dev.opvc.runtime.internal.os.Errno;
import java.util.BitSet;
import java.util.function.BooleanSupplier;

/** Executes vectors by the {@code cpu_opv} system call, on kernels that have it. */
public final class KernelEngine implements Engine {
    /** The system call with its number bound: returns what the kernel returns, errors as negative errno. */
    @FunctionalInterface
    public interface SystemCall {
        long call(long ops, int count, int cpu, int flags);
    }

    private final SystemCall kernel;

    public KernelEngine(SystemCall kernel) {
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return "kernel";
    }

    @Override
    public int cpuOpv(long ops, int count, int cpu, int flags) {
        return (int) kernel.call(ops, count, cpu, flags);
    }

    // The kernel excludes vectors from each other by itself. The word is for the condition alone: whoever passes every
    // CPU's word after making the condition false knows that no vector that found it true is still under way.
    @Override
    public int execute(long ops, int count, int cpu, BooleanSupplier condition) {
        long region = Exclusion.enter(cpu);
        try {
            return condition.getAsBoolean() ? callAnywhere(ops, count, cpu) : CONDITION_FAILED;
        } finally {
            Exclusion.leave(region);
        }
    }

    // The kernel refuses a CPU that the thread may not run on. Generated code may work on any, so the thread's mask is
    // widened for the call; where the system does not allow that, the refusal stands.
    private int callAnywhere(long ops, int count, int cpu) {
        int result = (int) kernel.call(ops, count, cpu, 0);
        if (result != -Errno.EINVAL || Affinity.allowsCallingThread(cpu)) {
            return result;
        }
        BitSet before = Affinity.ofCallingThread();
        BitSet wider = (BitSet) before.clone();
        wider.set(cpu);
        if (Affinity.bindCallingThread(wider) < 0) {
            return result;
        }
        try {
            return (int) kernel.call(ops, count, cpu, 0);
        } finally {
            Affinity.bindCallingThread(before);
        }
    }
}
