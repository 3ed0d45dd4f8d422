// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import dev.opvc.compiler.emit.java.expressions.Rendered.Level;
import dev.opvc.compiler.vector.OpCode;
import java.util.Map;

/** What each operation is in Java: the method that appends it to a vector, and the operator that is its plain form. */
final class OperationTable {
    /** How a fault of an operand is expected, by the operand's name. */
    private static final Map<String, String> EXPECT_FAULT = Map.of(
            "a", "expectFaultA",
            "b", "expectFaultB",
            "dst", "expectFaultDst",
            "src", "expectFaultSrc",
            "p", "expectFaultP");

    private OperationTable() {}

    /**
     * An operation in Java.
     *
     * @param append the method of a vector that appends it
     * @param operator what stands between its operands in plain code: for a comparison, what holds where it stops the
     *     vector. Empty if it is no operator's work.
     * @param level that of the operator
     */
    record Row(String append, String operator, Level level) {}

    static Row row(OpCode code) {
        return switch (code) {
            case COMPARE_EQ -> new Row("compareEq", "!=", Level.EQUALITY);
            case COMPARE_NE -> new Row("compareNe", "==", Level.EQUALITY);
            case MEMCPY -> new Row("memcpy", "", Level.PRIMARY);
            case ADD -> new Row("add", "+", Level.SUM);
            case OR -> new Row("or", "|", Level.BIT_OR);
            case AND -> new Row("and", "&", Level.BIT_AND);
            case XOR -> new Row("xor", "^", Level.BIT_XOR);
            case LSHIFT -> new Row("lshift", "<<", Level.SHIFT);
            case RSHIFT -> new Row("rshift", ">>>", Level.SHIFT);
            case BARRIER -> new Row("barrier", "", Level.PRIMARY);
        };
    }

    /** The method of a vector that expects a fault of an operand of its last operation. */
    static String expectFault(String operand) {
        String method = EXPECT_FAULT.get(operand);
        if (method == null) {
            throw new IllegalArgumentException("no operand of an operation: " + operand);
        }
        return method;
    }
}
