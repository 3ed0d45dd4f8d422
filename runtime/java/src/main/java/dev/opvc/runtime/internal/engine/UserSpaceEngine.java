// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.Engine;
import dev.opvc.runtime.internal.memory.Blocks;
import dev.opvc.runtime.internal.os.Affinity;
import dev.opvc.runtime.internal.os.Errno;
import dev.opvc.runtime.internal.os.PossibleCpus;
import dev.opvc.runtime.internal.os.RawMemory;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/**
 * Executes vectors in this process: check, pin, do, clean up. Needs nothing of the kernel but to say which memory is
 * there. A vector works on the CPU's data under the CPU's word, wherever the thread runs: migration is harmless.
 */
public final class UserSpaceEngine implements Engine {
    private static final int KNOWN_FLAGS = CpuOp.CPU_OP_NR_FLAG | CpuOp.CPU_OP_VEC_LEN_MAX_FLAG;

    @Override
    public String name() {
        return "user space";
    }

    @Override
    public int cpuOpv(long ops, int count, int cpu, int flags) {
        if (flags != 0) {
            return answer(flags);
        }
        if (!PossibleCpus.contain(cpu) || count < 0 || count > CpuOp.CPU_OP_VEC_LEN_MAX) {
            return -Errno.EINVAL;
        }
        if (!Pin.isReadable(ops, count)) {
            return -Errno.EFAULT;
        }
        return executeCopy(ops, count, cpu);
    }

    private static int answer(int flags) {
        if ((flags & ~KNOWN_FLAGS) != 0) {
            return -Errno.EINVAL;
        }
        return (flags & CpuOp.CPU_OP_NR_FLAG) != 0 ? CpuOp.NR_CPU_OPS : CpuOp.CPU_OP_VEC_LEN_MAX;
    }

    // As the kernel does, this works on a copy: the vector may write to its own operations, and another thread may
    // change them after they were checked.
    private static int executeCopy(long ops, int count, int cpu) {
        Preparation.prepare();
        long bytes = (long) count * CpuOp.SIZE;
        long copy = Blocks.allocate(bytes);
        try {
            RawMemory.move(copy, ops, bytes);
            return execute(copy, count, CHECK_ALL, cpu, Affinity::allowsCallingThread, UserSpaceEngine::always);
        } finally {
            Blocks.free(copy);
        }
    }

    @Override
    public int execute(long ops, int count, int pins, int cpu, BooleanSupplier condition) {
        return execute(ops, count, pins, cpu, UserSpaceEngine::anywhere, condition);
    }

    private static int execute(
            long ops, int count, int pins, int cpu, IntPredicate mayRunOn, BooleanSupplier condition) {
        int result = pins == 0 ? 0 : checkAndPin(ops, count, pins);
        if (result != 0) {
            return result;
        }
        if (!mayRunOn.test(cpu)) {
            return -Errno.EINVAL;
        }
        long region = Exclusion.enter(cpu);
        try {
            return condition.getAsBoolean() ? Do.run(ops, count) : CONDITION_FAILED;
        } finally {
            Exclusion.leave(region);
        }
    }

    private static int checkAndPin(long ops, int count, int pins) {
        if (pins == CHECK_ALL && !Check.passes(ops, count)) {
            return -Errno.EINVAL;
        }
        int fault = pins == CHECK_ALL ? Pin.firstFault(ops, count) : Pin.firstFaultOf(ops, pins);
        return fault == Pin.NO_FAULT ? 0 : Pin.errno(ops, fault);
    }

    private static boolean always() {
        return true;
    }

    private static boolean anywhere(int cpu) {
        return true;
    }
}
