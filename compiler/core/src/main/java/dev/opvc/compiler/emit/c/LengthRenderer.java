// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.ScalarType;

/** Lengths of operations, which have the right value for every size of pointer. */
final class LengthRenderer {
    private final ExpressionRenderer expressions;

    LengthRenderer(ExpressionRenderer expressions) {
        this.expressions = expressions;
    }

    /** As the {@code len} of an operation. */
    CExpression render(Length length) {
        if (length instanceof Length.OfParameter ofParameter) {
            Value value = new Value.OfParameter(ofParameter.parameter());
            CExpression text = expressions.render(value);
            boolean fits = Integers.holds(ScalarType.U32, (ScalarType) value.type());
            return fits ? text : CExpression.cast(CTypes.scalar(ScalarType.U32), text);
        }
        return renderConstant(length);
    }

    /** As a {@code size_t}: no length that has been checked is more than that holds. */
    CExpression renderSize(Length length) {
        return length instanceof Length.OfParameter
                ? CExpression.cast("size_t", renderUnsigned64(length))
                : renderConstant(length);
    }

    /** As an operand of 64 bits. */
    CExpression renderUnsigned64(Length length) {
        return length instanceof Length.OfParameter ofParameter
                ? expressions.renderUnsigned64(new Value.OfParameter(ofParameter.parameter()))
                : renderConstant(length);
    }

    private static CExpression renderConstant(Length length) {
        if (length instanceof Length.OfType ofType) {
            return CExpression.primary("sizeof(" + CTypes.name(ofType.type()) + ")");
        }
        return CLiterals.count(length.max(Abi.LP64), length.max(Abi.ILP32));
    }
}
