// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.expressions;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.types.CLiterals;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.emit.c.types.Integers;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Value;
import java.util.function.Function;

/** Lengths of operations, which have the right value for every size of pointer. */
public final class LengthRenderer {
    private final ExpressionRenderer expressions;

    public LengthRenderer(ExpressionRenderer expressions) {
        this.expressions = expressions;
    }

    /** As the {@code len} of an operation. */
    public CExpression render(Length length) {
        return render(length, this::length);
    }

    /** As a {@code size_t}: no length that has been checked is more than that holds. */
    CExpression renderSize(Length length) {
        return render(length, value -> CExpression.cast("size_t", expressions.renderUnsigned64(value)));
    }

    /** As an operand of 64 bits. */
    CExpression renderUnsigned64(Length length) {
        return render(length, expressions::renderUnsigned64);
    }

    private CExpression length(Value value) {
        CExpression text = expressions.render(value);
        return Integers.holds(ScalarType.U32, (ScalarType) value.type())
                ? text
                : CExpression.cast(CTypes.scalar(ScalarType.U32), text);
    }

    private static CExpression render(Length length, Function<Value, CExpression> ofValue) {
        return length.match(new Kinds(ofValue));
    }

    private record Kinds(Function<Value, CExpression> values) implements Length.Cases<CExpression> {
        @Override
        public CExpression fixed(Length.Fixed length) {
            return CLiterals.count(length.lp64(), length.ilp32());
        }

        @Override
        public CExpression ofType(Length.OfType length) {
            return CExpression.primary("sizeof(" + CTypes.name(length.type()) + ")");
        }

        @Override
        public CExpression ofParameter(Length.OfParameter length) {
            return values.apply(new Value.OfParameter(length.parameter()));
        }

        @Override
        public CExpression computed(Length.Computed length) {
            return values.apply(length.value());
        }
    }
}
