// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.expressions;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.emit.c.types.Integers;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Value;

/** Values of one type as values of another. */
final class ConversionRenderer {
    private final ExpressionRenderer expressions;

    ConversionRenderer(ExpressionRenderer expressions) {
        this.expressions = expressions;
    }

    CExpression render(Value.Conversion conversion) {
        Type from = conversion.operand().type();
        CExpression operand = expressions.render(conversion.operand());
        if (from.equals(conversion.type())) {
            return operand;
        }
        return conversion.type() instanceof ScalarType to
                ? toScalar(operand, from, to)
                : toPointer(operand, from, (PointerType) conversion.type());
    }

    private static CExpression toPointer(CExpression operand, Type from, PointerType to) {
        boolean throughInteger = from instanceof ScalarType && from != ScalarType.UPTR;
        CExpression address = throughInteger ? CExpression.cast(CTypes.scalar(ScalarType.UPTR), operand) : operand;
        return CExpression.cast(CTypes.name(to), address);
    }

    private static CExpression toScalar(CExpression operand, Type from, ScalarType to) {
        if (from instanceof PointerType) {
            CExpression address = CExpression.cast(CTypes.scalar(ScalarType.UPTR), operand);
            return Integers.convert(address, ScalarType.UPTR, to);
        }
        ScalarType scalar = (ScalarType) from;
        return scalar.isFloat() || to.isFloat()
                ? convertFloat(operand, scalar, to)
                : Integers.convert(operand, scalar, Integers.require(to));
    }

    /** A function for every pair of types of which one is a float. */
    private static CExpression convertFloat(CExpression operand, ScalarType from, ScalarType to) {
        return CExpression.call("opv_" + CTypes.arithmeticSuffix(to) + "_of_" + CTypes.arithmeticSuffix(from), operand);
    }
}
