// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.expressions;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.types.CLiterals;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.emit.c.types.Integers;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.ScalarType;
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
        return render(length, parameter -> CExpression.cast("size_t", unsigned64(parameter)));
    }

    /** As an operand of 64 bits. */
    CExpression renderUnsigned64(Length length) {
        return render(length, this::unsigned64);
    }

    private CExpression length(Parameter parameter) {
        CExpression text = expressions.render(new Value.OfParameter(parameter));
        return Integers.holds(ScalarType.U32, (ScalarType) parameter.type())
                ? text
                : CExpression.cast(CTypes.scalar(ScalarType.U32), text);
    }

    private CExpression unsigned64(Parameter parameter) {
        return expressions.renderUnsigned64(new Value.OfParameter(parameter));
    }

    private static CExpression render(Length length, Function<Parameter, CExpression> ofParameter) {
        return length.match(new Kinds(ofParameter));
    }

    private record Kinds(Function<Parameter, CExpression> parameters) implements Length.Cases<CExpression> {
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
            return parameters.apply(length.parameter());
        }
    }
}
