// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The instances of per-CPU memory that a vector works on; asked whether all of them are open. */
final class VectorMemories implements BooleanSupplier {
    /** See {@link OpVector#MEMORIES_MAX}. */
    static final int MAX = CpuOp.CPU_OP_VEC_LEN_MAX;

    private final @Nullable PerCpuMemory[] memories = new PerCpuMemory[MAX];
    private int count;

    void add(PerCpuMemory memory) {
        if (count == MAX) {
            throw new IllegalStateException("a vector works on at most " + MAX + " instances of memory");
        }
        memories[count++] = memory;
    }

    /** Forgets them, so that they may become unreachable. */
    void clear() {
        if (count > 0) {
            Arrays.fill(memories, 0, count, null);
            count = 0;
        }
    }

    @Override
    public boolean getAsBoolean() {
        for (int i = 0; i < count; i++) {
            PerCpuMemory memory = memories[i];
            if (memory != null && !memory.isOpen()) {
                return false;
            }
        }
        return true;
    }
}
