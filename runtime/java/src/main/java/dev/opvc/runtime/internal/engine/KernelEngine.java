// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.Engine;
import dev.opvc.runtime.internal.os.Errno;
import dev.opvc.runtime.internal.os.PossibleCpus;
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

    // The kernel excludes its vectors from each other by itself, but not from those that are done here after all.
    @Override
    public int cpuOpv(long ops, int count, int cpu, int flags) {
        if (flags != 0 || !PossibleCpus.contain(cpu)) {
            return (int) kernel.call(ops, count, cpu, flags);
        }
        long region = Exclusion.enter(cpu);
        try {
            return (int) kernel.call(ops, count, cpu, flags);
        } finally {
            Exclusion.leave(region);
        }
    }

    // The word is also for the condition: whoever passes every CPU's word after making the condition false knows that
    // no vector that found it true is still under way.
    @Override
    public int execute(long ops, int count, int pins, int cpu, BooleanSupplier condition) {
        long region = Exclusion.enter(cpu);
        try {
            return condition.getAsBoolean() ? callAnywhere(ops, count, cpu) : CONDITION_FAILED;
        } finally {
            Exclusion.leave(region);
        }
    }

    // The kernel refuses a CPU that the thread may not run on, or that is offline. Generated code may work on any
    // possible one. The thread's mask is not this code's to change, so a vector that is valid all the same is done
    // here,
    // under the word, which excludes every other vector on that CPU.
    private int callAnywhere(long ops, int count, int cpu) {
        int result = (int) kernel.call(ops, count, cpu, 0);
        if (result != -Errno.EINVAL || !Check.passes(ops, count)) {
            return result;
        }
        int fault = Pin.firstFault(ops, count);
        return fault == Pin.NO_FAULT ? Do.run(ops, count) : Pin.errno(ops, fault);
    }
}
