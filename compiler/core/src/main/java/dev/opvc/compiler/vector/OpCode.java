// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.ScalarType;
import dev.opvc.runtime.CpuOp;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operations, a row each: its number, its name in C, its name in the language's raw vectors, and the shape of its
 * operands. All that the compiler knows of an operation alone stands here.
 */
public enum OpCode {
    COMPARE_EQ(CpuOp.CPU_COMPARE_EQ_OP, "CPU_COMPARE_EQ_OP", "compare_eq", Shape.COMPARE),
    COMPARE_NE(CpuOp.CPU_COMPARE_NE_OP, "CPU_COMPARE_NE_OP", "compare_ne", Shape.COMPARE),
    MEMCPY(CpuOp.CPU_MEMCPY_OP, "CPU_MEMCPY_OP", "memcpy", Shape.COPY),
    ADD(CpuOp.CPU_ADD_OP, "CPU_ADD_OP", "add", Shape.ADD),
    OR(CpuOp.CPU_OR_OP, "CPU_OR_OP", "or", Shape.BITWISE),
    AND(CpuOp.CPU_AND_OP, "CPU_AND_OP", "and", Shape.BITWISE),
    XOR(CpuOp.CPU_XOR_OP, "CPU_XOR_OP", "xor", Shape.BITWISE),
    LSHIFT(CpuOp.CPU_LSHIFT_OP, "CPU_LSHIFT_OP", "lshift", Shape.SHIFT),
    RSHIFT(CpuOp.CPU_RSHIFT_OP, "CPU_RSHIFT_OP", "rshift", Shape.SHIFT),
    BARRIER(CpuOp.CPU_MB_OP, "CPU_MB_OP", "barrier", Shape.BARRIER);

    /** The operands of an operation: its members in {@code struct cpu_op}. */
    public enum Shape {
        COMPARE("a b", true),
        COPY("dst src", true),
        ADD("p", "count", ScalarType.I64),
        BITWISE("p", "mask", ScalarType.U64),
        SHIFT("p", "bits", ScalarType.U32),
        BARRIER("", false);

        private final String addresses;
        private final String value;
        private final @Nullable ScalarType valueType;
        private final boolean ofBytes;

        Shape(String addresses, boolean ofBytes) {
            this.addresses = addresses;
            this.value = "";
            this.valueType = null;
            this.ofBytes = ofBytes;
        }

        Shape(String addresses, String value, ScalarType valueType) {
            this.addresses = addresses;
            this.value = value;
            this.valueType = valueType;
            this.ofBytes = false;
        }

        /** The members that are addresses, in the order in which they are checked for access. */
        public List<String> addresses() {
            return addresses.isEmpty() ? List.of() : List.of(addresses.split(" "));
        }

        /** The member that is a number; empty if there is none. */
        public Optional<String> value() {
            return value.isEmpty() ? Optional.empty() : Optional.of(value);
        }

        /** The type of that number; empty if there is none. */
        public Optional<ScalarType> valueType() {
            return Optional.ofNullable(valueType);
        }

        /** Whether it works on any number of bytes up to the limit, and not on an integer of 1, 2, 4 or 8. */
        public boolean isOfBytes() {
            return ofBytes;
        }
    }

    private final int number;
    private final String constant;
    private final String word;
    private final Shape shape;

    OpCode(int number, String constant, String word, Shape shape) {
        this.number = number;
        this.constant = constant;
        this.word = word;
        this.shape = shape;
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

    /** What operands it has. */
    public Shape shape() {
        return shape;
    }

    /** The operation's name in a {@code vector}, for instance {@code add}. */
    public String word() {
        return word;
    }
}
