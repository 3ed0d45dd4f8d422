// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.vector.Operation;
import java.util.LinkedHashMap;
import java.util.Map;

/** All operands of an operation by their names in {@code struct cpu_op}, in its order. */
final class OperandTexts {
    private OperandTexts() {}

    static Map<String, String> of(Operation operation, OpvText opv) {
        Map<String, String> texts = new LinkedHashMap<>();
        operation.operands().forEach(operand -> texts.put(operand.name(), opv.address(operand.address())));
        if (operation instanceof Operation.Add add) {
            texts.put("count", opv.expression(asWritten(add.count())));
        } else if (operation instanceof Operation.Bitwise bitwise) {
            texts.put("mask", opv.expression(asWritten(bitwise.mask())));
        } else if (operation instanceof Operation.Shift shift) {
            texts.put("bits", opv.expression(asWritten(shift.bits())));
        }
        return texts;
    }

    /** The value without what brought it to the width of its member: the source does not have that. */
    private static Expr asWritten(Expr member) {
        if (member instanceof Expr.Unary unary && unary.operand() instanceof Expr.Conversion conversion) {
            return new Expr.Unary(unary.operator(), conversion.operand(), unary.type());
        }
        return member instanceof Expr.Conversion conversion ? conversion.operand() : member;
    }
}
