// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** All operands of an operation by their names in {@code struct cpu_op}, in its order. */
final class OperandTexts {
    private OperandTexts() {}

    static Map<String, String> of(Operation operation, OpvText opv) {
        Map<String, String> texts = new LinkedHashMap<>();
        operation.operands().forEach(operand -> texts.put(operand.name(), opv.address(operand.address())));
        operation.number().ifPresent(number -> {
            String member = operation.code().shape().value().orElseThrow();
            texts.put(member, opv.expression(asWritten(number)));
        });
        return texts;
    }

    /** The value without what brought it to the width of its member: the source does not have that. */
    private static Value asWritten(Value member) {
        if (member instanceof Value.Unary unary && unary.operand() instanceof Value.Conversion conversion) {
            return new Value.Unary(unary.operator(), conversion.operand(), unary.type());
        }
        return member instanceof Value.Conversion conversion ? conversion.operand() : member;
    }
}
