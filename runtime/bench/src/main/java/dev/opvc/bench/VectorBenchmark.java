// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import dev.opvc.runtime.OpVector;
import dev.opvc.runtime.PerCpuMemory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Operation vectors on per-CPU memory: building and executing one, in the user-space engine. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class VectorBenchmark {
    private static final int WORDS = 15;
    private static final int SOURCE = 128;
    private static final int TARGET = SOURCE + 256;
    private static final int SLOT_BYTES = TARGET + 256;

    private PerCpuMemory memory;

    @Setup
    public void allocate() {
        memory = PerCpuMemory.allocate(SLOT_BYTES, slot -> {});
    }

    @TearDown
    public void close() {
        memory.close();
    }

    @Benchmark
    public int addOnce() {
        int cpu = Cpus.current();
        return OpVector.begin().within(memory).add(memory.slot(cpu), 1, 8).execute(cpu);
    }

    @Benchmark
    public int addTwice() {
        int cpu = Cpus.current();
        long slot = memory.slot(cpu);
        return OpVector.begin()
                .within(memory)
                .add(slot, 1, 8)
                .add(slot + 8, 5, 8)
                .execute(cpu);
    }

    @Benchmark
    public int compareAddCopy64() {
        int cpu = Cpus.current();
        long slot = memory.slot(cpu);
        OpVector vector = OpVector.begin().within(memory);
        return vector.compareEq(slot + 8, vector.cell(0, 8), 8)
                .add(slot, 1, 8)
                .memcpy(slot + TARGET, slot + SOURCE, 64)
                .execute(cpu);
    }

    @Benchmark
    public int addFifteenTimesCopy256() {
        int cpu = Cpus.current();
        long slot = memory.slot(cpu);
        OpVector vector = OpVector.begin().within(memory);
        for (int i = 0; i < WORDS; i++) {
            vector.add(slot + (long) i * Long.BYTES, 1, 8);
        }
        return vector.memcpy(slot + TARGET, slot + SOURCE, 256).execute(cpu);
    }

    /** The work of the first step of any per-CPU update: where am I, and what does the slot hold. */
    @Benchmark
    public long currentSlot() {
        return Memory.getLong(memory.slot(Cpus.current()));
    }
}
