// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import dev.opvc.runtime.internal.engine.Check;
import dev.opvc.runtime.internal.engine.Operand;
import dev.opvc.runtime.internal.engine.Operation;
import dev.opvc.runtime.internal.engine.Ops;
import dev.opvc.runtime.internal.engine.Pin;
import dev.opvc.runtime.internal.engine.Preparation;
import dev.opvc.runtime.internal.engine.Snapshots;

/**
 * A vector of operations under construction: the native {@code struct cpu_op} array, and cells for the values that
 * operations point to. Each thread, virtual ones included, has one vector of its own that it uses again and again;
 * appending and executing allocate nothing.
 *
 * <pre>{@code
 * OpVector vector = OpVector.begin().within(memory);
 * long slot = memory.slot(cpu);
 * vector.add(slot, 1, 8).memcpy(slot + 8, vector.cell(bits, 8), 8);
 * int stopped = vector.execute(cpu);
 * }</pre>
 *
 * <p>{@link #begin()} empties the thread's vector, so between it and {@link #execute(int)} the thread must not call code
 * that might begin another one. Cells keep their bytes until the next {@code begin()} on this thread. A vector must
 * not be used by another thread; executing one there is refused.
 *
 * <p>Appending checks neither addresses nor lengths: executing does, before anything is done.
 */
public final class OpVector {
    /** Values that operations point to, at most, in one vector: two operands an operation, and results beside them. */
    public static final int CELLS_MAX = VectorMemory.CELLS_MAX;

    /** Instances of per-CPU memory that one vector may work on, at most. */
    public static final int MEMORIES_MAX = VectorMemories.MAX;

    /**
     * Bytes that one vector can copy to room of its own: all that the limits allow, with what aligning each operation's
     * part takes.
     */
    public static final int ROOM_MAX = VectorMemory.ROOM_MAX;

    private static final ThreadLocal<OpVector> OF_THREAD = ThreadLocal.withInitial(OpVector::new);

    private final Thread owner = Thread.currentThread();
    private final VectorMemory memory = new VectorMemory();
    private final long ops = memory.ops();
    private final VectorMemories memories = new VectorMemories();
    private final FaultInquiry inquiry = new FaultInquiry(ops, memories);

    private int size;

    /** {@link Engine#CHECK_ALL}, or the operations that have to be pinned. */
    private int pins;

    private OpVector() {
        Preparation.prepare();
    }

    /** Returns the calling thread's vector, without operations, cells and memories. */
    public static OpVector begin() {
        return begin(Engine.CHECK_ALL);
    }

    /**
     * As {@link #begin}, for generated code, which keeps the limits and knows which memory is accessible: executing then
     * finds out about operations that have been marked by {@link #pin} only. A vector that breaks a limit, or that
     * touches other memory that is not accessible, ends the process or worse. Where assertions are enabled that is an
     * AssertionError instead.
     */
    public static OpVector beginBuilt() {
        return begin(0);
    }

    private static OpVector begin(int pins) {
        OpVector vector = OF_THREAD.get();
        vector.clear(pins);
        return vector;
    }

    private void clear(int pins) {
        this.pins = pins;
        size = 0;
        memory.clear();
        memories.clear();
    }

    /** Stops the vector unless {@code len} bytes at {@code a} and {@code b} are equal. */
    public OpVector compareEq(long a, long b, int len) {
        return append(CpuOp.CPU_COMPARE_EQ_OP, len, a, b);
    }

    /** Stops the vector unless {@code len} bytes at {@code a} and {@code b} differ. */
    public OpVector compareNe(long a, long b, int len) {
        return append(CpuOp.CPU_COMPARE_NE_OP, len, a, b);
    }

    /** Copies {@code len} bytes, as {@link Memory#copy} does. */
    public OpVector memcpy(long dst, long src, int len) {
        return append(CpuOp.CPU_MEMCPY_OP, len, dst, src);
    }

    /** Adds to the word of {@code len} bytes, modulo its width. */
    public OpVector add(long p, long count, int len) {
        return append(CpuOp.CPU_ADD_OP, len, p, count);
    }

    /** Bitwise or into the word of {@code len} bytes. */
    public OpVector or(long p, long mask, int len) {
        return append(CpuOp.CPU_OR_OP, len, p, mask);
    }

    /** Bitwise and into the word of {@code len} bytes. */
    public OpVector and(long p, long mask, int len) {
        return append(CpuOp.CPU_AND_OP, len, p, mask);
    }

    /** Bitwise exclusive or into the word of {@code len} bytes. */
    public OpVector xor(long p, long mask, int len) {
        return append(CpuOp.CPU_XOR_OP, len, p, mask);
    }

    /** Shifts the word of {@code len} bytes left by {@code bits}, which is less than its width. */
    public OpVector lshift(long p, int bits, int len) {
        return appendShift(CpuOp.CPU_LSHIFT_OP, len, p, bits);
    }

    /** Shifts the word of {@code len} bytes right by {@code bits}, which is less than its width; zeros come in. */
    public OpVector rshift(long p, int bits, int len) {
        return appendShift(CpuOp.CPU_RSHIFT_OP, len, p, bits);
    }

    /** A full memory barrier. */
    public OpVector barrier() {
        return append(CpuOp.CPU_MB_OP, 0, 0, 0);
    }

    private OpVector append(int number, int len, long first, long second) {
        Ops.write(nextOp(), number, len, first, second);
        return this;
    }

    private OpVector appendShift(int number, int len, long p, int bits) {
        Ops.writeShift(nextOp(), number, len, p, bits);
        return this;
    }

    private long nextOp() {
        if (size == CpuOp.CPU_OP_VEC_LEN_MAX) {
            throw new IllegalStateException("a vector has at most " + CpuOp.CPU_OP_VEC_LEN_MAX + " operations");
        }
        return Ops.at(ops, size++);
    }

    private long last() {
        return Ops.at(ops, size - 1);
    }

    /** Marks operand {@code a} of the comparison appended last: its memory may be gone. */
    public OpVector expectFaultA() {
        return expectFault("a");
    }

    /** Marks operand {@code b} of the comparison appended last: its memory may be gone. */
    public OpVector expectFaultB() {
        return expectFault("b");
    }

    /** Marks the destination of the copy appended last: its memory may be gone. */
    public OpVector expectFaultDst() {
        return expectFault("dst");
    }

    /** Marks the source of the copy appended last: its memory may be gone. */
    public OpVector expectFaultSrc() {
        return expectFault("src");
    }

    /** Marks the operand of the arithmetic, bitwise or shift operation appended last: its memory may be gone. */
    public OpVector expectFaultP() {
        return expectFault("p");
    }

    /** Marks the operation appended last: memory of it may not be accessible. */
    public OpVector pin() {
        if (size == 0) {
            throw new IllegalStateException("there is no operation that could be pinned");
        }
        pins |= 1 << (size - 1);
        return this;
    }

    private OpVector expectFault(String name) {
        Operand operand = size == 0 ? null : Operation.operand(last(), name);
        if (operand == null) {
            throw new IllegalStateException("the operation appended last has no operand " + name + ": "
                    + (size == 0 ? "there is none" : Check.describe(last())));
        }
        operand.expectFault(last());
        return this;
    }

    /**
     * Stores a value in the next free cell of this vector.
     *
     * @param bits the value, of which the low {@code size} bytes are stored in the machine's byte order
     * @param size 1, 2, 4 or 8
     * @return the cell's address, 8-aligned
     * @throws IllegalStateException if all {@link #CELLS_MAX} cells are used
     * @throws IllegalArgumentException if there is no value of this size
     */
    public long cell(long bits, int size) {
        return memory.cell(bits, size);
    }

    /**
     * Takes memory of this vector for what its operations copy out. Like cells, it keeps its bytes until the next
     * {@code begin()} on this thread. What it holds before is not defined. A thread's first call allocates it.
     *
     * @param bytes 0 or more
     * @return its address, 8-aligned
     * @throws IllegalStateException if less than that is left of {@link #ROOM_MAX}
     */
    public long room(int bytes) {
        return memory.room(bytes);
    }

    /**
     * Declares that this vector works on an instance of per-CPU memory: it does nothing once that is closed, and the
     * instance stays reachable until the thread begins its next vector.
     *
     * @throws IllegalStateException if {@link #MEMORIES_MAX} instances have been declared
     */
    public OpVector within(PerCpuMemory memory) {
        memories.add(memory);
        return this;
    }

    /**
     * Executes this vector on the data of a possible CPU, whatever the calling thread's affinity, atomically with
     * respect to every other vector on that CPU. It may be executed again. A StackOverflowError in the middle of it
     * leaves some of its operations done, but other vectors go on.
     *
     * @return 0, or the 1-based index of the comparison that stopped the vector
     * @throws IllegalArgumentException if the CPU is not possible, or an operation breaks a limit
     * @throws IllegalStateException if a memory is closed, or the calling thread is not the vector's
     * @throws MemoryFaultException if memory that an operation touches is not accessible; if any of these is thrown,
     *     nothing has been done
     */
    public int execute(int cpu) {
        int result = executeRaw(cpu);
        if (result < 0) {
            throw VectorFailures.of(result, ops, size, cpu);
        }
        return result;
    }

    /**
     * Executes a vector whose first operations are comparisons: guards, and values that the caller has read before.
     * Where memory is not accessible, the comparisons before that operation are executed alone: if one stops, it is the
     * answer; if all hold, the memory is not accessible although all that leads there is so, which is the caller's error.
     *
     * @param conditions how many operations, from the first, are comparisons
     * @return 0, or the 1-based index of the comparison that stopped the vector
     * @throws IllegalArgumentException if the CPU is not possible, or an operation breaks a limit
     * @throws IllegalStateException if a memory is closed, or the calling thread is not the vector's
     * @throws MemoryFaultException if memory that an operation touches is not accessible and the comparisons before it
     *     hold; if any of these is thrown, nothing has been done
     */
    public int execute(int cpu, int conditions) {
        int result = executeRaw(cpu);
        while (result == -CpuOpv.EAGAIN || result == -CpuOpv.EFAULT) {
            int stopped = inquiry.executeBeforeFault(size, cpu, conditions, result == -CpuOpv.EAGAIN);
            if (stopped != Engine.CONDITION_FAILED) {
                return stopped;
            }
            result = executeRaw(cpu);
        }
        if (result < 0) {
            throw VectorFailures.of(result, ops, size, cpu);
        }
        return result;
    }

    /**
     * Executes a loading vector as {@link #execute(int, int)} does, and takes the operations behind the comparisons off
     * again: what they copied to cells is there, and the comparisons stand for what is appended next.
     *
     * @param conditions how many operations, from the first, are comparisons
     * @return 0, or the 1-based index of the comparison that stopped the vector
     */
    public int load(int cpu, int conditions) {
        int result = execute(cpu, conditions);
        size = conditions;
        if (pins != Engine.CHECK_ALL) {
            pins &= (1 << conditions) - 1;
        }
        return result;
    }

    /**
     * Executes a vector of copies out of a CPU's slots to memory of its own, so that they are of one moment. Nobody is
     * excluded unless others are at work all the time.
     *
     * @throws IllegalArgumentException if the CPU is not possible, or an operation breaks a limit
     * @throws IllegalStateException if a memory is closed, or the calling thread is not the vector's
     */
    public void snapshot(int cpu) {
        if (!Snapshots.take(ops, size, Cpus.checkPossible(cpu), memories)) {
            execute(cpu);
        }
    }

    /**
     * Executes this vector as {@link #execute(int)} does, but returns a negative errno: -{@link CpuOpv#EFAULT} or -{@link
     * CpuOpv#EAGAIN} for memory that is not accessible, -{@link CpuOpv#EINVAL} for a broken limit.
     *
     * @throws IllegalArgumentException if the CPU is not possible
     * @throws IllegalStateException if a memory is closed, or the calling thread is not the vector's
     */
    public int executeRaw(int cpu) {
        Cpus.checkPossible(cpu);
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("this vector belongs to " + owner + "; every thread begins its own");
        }
        assert pins == Engine.CHECK_ALL || Pin.isComplete(ops, size, pins) : "built wrongly: " + this;
        int result = Engines.current().execute(ops, size, pins, cpu, memories);
        if (result == Engine.CONDITION_FAILED) {
            throw PerCpuMemory.closed();
        }
        return result;
    }

    /** How many operations have been appended. */
    public int size() {
        return size;
    }

    /** Lists the operations, one a line, numbered from 1. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("vector of ").append(size).append(" operations");
        for (int i = 0; i < size; i++) {
            text.append(System.lineSeparator()).append(i + 1).append(": ").append(Check.describe(Ops.at(ops, i)));
        }
        return text.toString();
    }
}
