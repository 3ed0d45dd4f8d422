// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

/**
 * The numbers, limits and layout of {@code struct cpu_op}, as the {@code cpu_opv} patches for Linux (2017, never
 * merged) defined them. They are defined here once; the compiler reads them from here, and a test holds the C header
 * against them.
 *
 * <p>Lengths and offsets are bytes.
 */
public final class CpuOp {
    /** Stops the vector unless {@code len} bytes at {@code a} and {@code b} are equal. */
    public static final int CPU_COMPARE_EQ_OP = 0;
    /** Stops the vector unless {@code len} bytes at {@code a} and {@code b} differ. */
    public static final int CPU_COMPARE_NE_OP = 1;
    /** Copies {@code len} bytes from {@code src} to {@code dst}. */
    public static final int CPU_MEMCPY_OP = 2;
    /** Adds {@code count} to the {@code len} bytes at {@code p}, modulo 2<sup>8 len</sup>. */
    public static final int CPU_ADD_OP = 3;
    /** Bitwise or of {@code mask} into the {@code len} bytes at {@code p}. */
    public static final int CPU_OR_OP = 4;
    /** Bitwise and of {@code mask} into the {@code len} bytes at {@code p}. */
    public static final int CPU_AND_OP = 5;
    /** Bitwise exclusive or of {@code mask} into the {@code len} bytes at {@code p}. */
    public static final int CPU_XOR_OP = 6;
    /** Logical shift left of the {@code len} bytes at {@code p} by {@code bits}. */
    public static final int CPU_LSHIFT_OP = 7;
    /** Logical shift right of the {@code len} bytes at {@code p} by {@code bits}. */
    public static final int CPU_RSHIFT_OP = 8;
    /** Full memory barrier. */
    public static final int CPU_MB_OP = 9;
    /** How many kinds of operation there are; their numbers are 0 to {@code NR_CPU_OPS - 1}. */
    public static final int NR_CPU_OPS = 10;

    /** Flag of {@code cpu_opv}: return {@link #NR_CPU_OPS} and look at no other argument. */
    public static final int CPU_OP_NR_FLAG = 1 << 0;
    /** Flag of {@code cpu_opv}: return {@link #CPU_OP_VEC_LEN_MAX} and look at no other argument. */
    public static final int CPU_OP_VEC_LEN_MAX_FLAG = 1 << 1;

    /** Operations in a vector, at most. */
    public static final int CPU_OP_VEC_LEN_MAX = 16;
    /** Bytes of the union {@code u}. */
    public static final int CPU_OP_ARG_LEN_MAX = 24;
    /** Bytes that one comparison or copy covers, at most, whatever the page size. */
    public static final int CPU_OP_DATA_LEN_MAX = 4096;
    /** Bytes that one arithmetic, bitwise or shift operation covers, at most: it is 1, 2, 4 or 8. */
    public static final int CPU_OP_ARITHMETIC_LEN_MAX = 8;
    /** The length that a vector is expected to need for its one long copy. */
    public static final int CPU_OP_MEMCPY_EXPECT_LEN = 4096;
    /** The length that a vector is expected to need for each of its other operations. */
    public static final int CPU_OP_EXPECT_LEN = 8;
    /** The sum of {@code len} over all operations of a vector but barriers, at most. */
    public static final int CPU_OP_VEC_DATA_LEN_MAX =
            CPU_OP_MEMCPY_EXPECT_LEN + (CPU_OP_VEC_LEN_MAX - 1) * CPU_OP_EXPECT_LEN;
    /** Pages that one operation touches, at most: two a side. */
    public static final int CPU_OP_MAX_PAGES = 4;

    /** Size of a {@code struct cpu_op}. */
    public static final int SIZE = 32;
    /** Alignment of a {@code struct cpu_op}. */
    public static final int ALIGNMENT = 8;
    /** Offset of {@code int32_t op}. */
    public static final int OP_OFFSET = 0;
    /** Offset of {@code uint32_t len}. */
    public static final int LEN_OFFSET = 4;
    /** Offset of the first operand: {@code a}, {@code dst} or {@code p}. */
    public static final int FIRST_OPERAND_OFFSET = 8;
    /** Offset of the second operand: {@code b}, {@code src}, {@code count}, {@code mask} or {@code bits}. */
    public static final int SECOND_OPERAND_OFFSET = 16;
    /** Offset of {@code expect_fault_a} and {@code expect_fault_dst}, and {@code expect_fault_p} of add and bitwise. */
    public static final int FIRST_EXPECT_FAULT_OFFSET = 24;
    /** Offset of {@code expect_fault_b} and {@code expect_fault_src}. */
    public static final int SECOND_EXPECT_FAULT_OFFSET = 25;
    /** Offset of {@code expect_fault_p} in a shift, whose {@code bits} take four bytes only. */
    public static final int SHIFT_EXPECT_FAULT_OFFSET = 20;

    private CpuOp() {}
}
