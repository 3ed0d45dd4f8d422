// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.conformance;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.Memory;
import dev.opvc.runtime.OpVector;
import dev.opvc.runtime.conformance.ConformanceCase.Op;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Puts the operations of a case where an engine finds them: into plain memory, or into a thread's vector. */
final class NativeOps {
    private NativeOps() {}

    /** Writes an operation from its number and arguments by the offsets of {@link CpuOp} alone. */
    static void write(long op, Op source, long region) {
        ToLongFunction<String> argument = name -> value(source, name, region);
        Memory.putInt(op + CpuOp.OP_OFFSET, source.number());
        Memory.putInt(op + CpuOp.LEN_OFFSET, (int) argument.applyAsLong("len"));
        for (String first : new String[] {"a", "dst", "p"}) {
            putIfPresent(source, first, op + CpuOp.FIRST_OPERAND_OFFSET, argument);
        }
        for (String second : new String[] {"b", "src", "count", "mask"}) {
            putIfPresent(source, second, op + CpuOp.SECOND_OPERAND_OFFSET, argument);
        }
        if (source.arguments().containsKey("bits")) {
            Memory.putInt(op + CpuOp.SECOND_OPERAND_OFFSET, (int) argument.applyAsLong("bits"));
        }
        for (String flag : source.flags()) {
            Memory.putByte(op + flagOffset(source, flag), (byte) 1);
        }
    }

    private static void putIfPresent(Op source, String name, long address, ToLongFunction<String> argument) {
        if (source.arguments().containsKey(name)) {
            Memory.putLong(address, argument.applyAsLong(name));
        }
    }

    private static int flagOffset(Op source, String flag) {
        return switch (flag) {
            case "fault_a", "fault_dst" -> CpuOp.FIRST_EXPECT_FAULT_OFFSET;
            case "fault_b", "fault_src" -> CpuOp.SECOND_EXPECT_FAULT_OFFSET;
            case "fault_p" ->
                source.arguments().containsKey("bits")
                        ? CpuOp.SHIFT_EXPECT_FAULT_OFFSET
                        : CpuOp.FIRST_EXPECT_FAULT_OFFSET;
            default -> throw new IllegalArgumentException("unknown flag " + flag);
        };
    }

    /** Appends an operation of a known kind. */
    static void append(OpVector vector, Op op, long region) {
        ToLongFunction<String> argument = name -> value(op, name, region);
        int len = (int) argument.applyAsLong("len");
        switch (op.number()) {
            case CpuOp.CPU_COMPARE_EQ_OP -> vector.compareEq(argument.applyAsLong("a"), argument.applyAsLong("b"), len);
            case CpuOp.CPU_COMPARE_NE_OP -> vector.compareNe(argument.applyAsLong("a"), argument.applyAsLong("b"), len);
            case CpuOp.CPU_MEMCPY_OP -> vector.memcpy(argument.applyAsLong("dst"), argument.applyAsLong("src"), len);
            case CpuOp.CPU_ADD_OP -> vector.add(argument.applyAsLong("p"), argument.applyAsLong("count"), len);
            case CpuOp.CPU_OR_OP -> vector.or(argument.applyAsLong("p"), argument.applyAsLong("mask"), len);
            case CpuOp.CPU_AND_OP -> vector.and(argument.applyAsLong("p"), argument.applyAsLong("mask"), len);
            case CpuOp.CPU_XOR_OP -> vector.xor(argument.applyAsLong("p"), argument.applyAsLong("mask"), len);
            case CpuOp.CPU_LSHIFT_OP ->
                vector.lshift(argument.applyAsLong("p"), (int) argument.applyAsLong("bits"), len);
            case CpuOp.CPU_RSHIFT_OP ->
                vector.rshift(argument.applyAsLong("p"), (int) argument.applyAsLong("bits"), len);
            case CpuOp.CPU_MB_OP -> vector.barrier();
            default -> throw new IllegalArgumentException("no method appends operation " + op.number());
        }
        op.flags().forEach(flag -> MARKS.get(flag).accept(vector));
    }

    private static final Map<String, Consumer<OpVector>> MARKS = Map.of(
            "fault_a", OpVector::expectFaultA,
            "fault_b", OpVector::expectFaultB,
            "fault_dst", OpVector::expectFaultDst,
            "fault_src", OpVector::expectFaultSrc,
            "fault_p", OpVector::expectFaultP);

    /** An argument's value, 0 where it is not given; a plus sign counts from the region's start. */
    private static long value(Op op, String name, long region) {
        String text = op.arguments().getOrDefault(name, "0");
        return text.startsWith("+") ? region + ConformanceFile.number(text.substring(1)) : ConformanceFile.number(text);
    }
}
