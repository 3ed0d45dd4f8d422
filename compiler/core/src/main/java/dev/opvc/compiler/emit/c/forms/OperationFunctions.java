// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.vector.OpCode;

/**
 * The operations, a row each: what they are called in the runtime.
 *
 * @param setter makes an element of a vector of it
 * @param direct does it at once; of a comparison, says whether the bytes are equal
 */
record OperationFunctions(String setter, String direct) {
    /** Commits an attempt with it, if it is one that updates an integer; the integer's width is the ending. */
    String attempt() {
        return direct.replace("opv_", "opv_attempt_");
    }

    static OperationFunctions of(OpCode code) {
        return switch (code) {
            case COMPARE_EQ -> new OperationFunctions("cpu_op_set_compare_eq", "opv_equal");
            case COMPARE_NE -> new OperationFunctions("cpu_op_set_compare_ne", "opv_equal");
            case MEMCPY -> new OperationFunctions("cpu_op_set_memcpy", "opv_copy");
            case ADD -> new OperationFunctions("cpu_op_set_add", "opv_add");
            case OR -> new OperationFunctions("cpu_op_set_or", "opv_or");
            case AND -> new OperationFunctions("cpu_op_set_and", "opv_and");
            case XOR -> new OperationFunctions("cpu_op_set_xor", "opv_xor");
            case LSHIFT -> new OperationFunctions("cpu_op_set_lshift", "opv_lshift");
            case RSHIFT -> new OperationFunctions("cpu_op_set_rshift", "opv_rshift");
            case BARRIER -> new OperationFunctions("cpu_op_set_mb", "opv_barrier");
        };
    }

    /** The function that says of an operand of an operation that a fault there is expected. */
    static String expectFault(String operand) {
        return "cpu_op_set_expect_fault_" + operand;
    }
}
