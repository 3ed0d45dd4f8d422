// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.runtime.CpuOp;

/** The kinds of operation, each with its number, its name in C and its name in the language's raw vectors. */
public enum OpCode {
    COMPARE_EQ(CpuOp.CPU_COMPARE_EQ_OP, "CPU_COMPARE_EQ_OP", "compare_eq"),
    COMPARE_NE(CpuOp.CPU_COMPARE_NE_OP, "CPU_COMPARE_NE_OP", "compare_ne"),
    MEMCPY(CpuOp.CPU_MEMCPY_OP, "CPU_MEMCPY_OP", "memcpy"),
    ADD(CpuOp.CPU_ADD_OP, "CPU_ADD_OP", "add"),
    OR(CpuOp.CPU_OR_OP, "CPU_OR_OP", "or"),
    AND(CpuOp.CPU_AND_OP, "CPU_AND_OP", "and"),
    XOR(CpuOp.CPU_XOR_OP, "CPU_XOR_OP", "xor"),
    LSHIFT(CpuOp.CPU_LSHIFT_OP, "CPU_LSHIFT_OP", "lshift"),
    RSHIFT(CpuOp.CPU_RSHIFT_OP, "CPU_RSHIFT_OP", "rshift"),
    BARRIER(CpuOp.CPU_MB_OP, "CPU_MB_OP", "barrier");

    private final int number;
    private final String constant;
    private final String word;

    OpCode(int number, String constant, String word) {
        this.number = number;
        this.constant = constant;
        this.word = word;
    }

    /** The operation that raw vectors write with a word. */
    public static OpCode named(String word) {
        for (OpCode code : values()) {
            if (code.word.equals(word)) {
                return code;
            }
        }
        throw new IllegalArgumentException("no operation is written " + word);
    }

    /** The value of {@code op} in a {@code struct cpu_op}. */
    public int number() {
        return number;
    }

    /** The name of that number, for instance {@code CPU_ADD_OP}. */
    public String constant() {
        return constant;
    }

    /** The operation's name in a {@code vector}, for instance {@code add}. */
    public String word() {
        return word;
    }
}
