// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.check.TypedConstants;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.Value;
import java.util.List;
import java.util.Optional;

/**
 * Computes values that are known on a path though no expression is constant: a place that a constant has been stored to
 * has that value. They are computed as constants are, so that neither can differ from the other.
 */
final class KnownValues {
    private KnownValues() {}

    /**
     * The constant that a value comes to if it is made of constants alone, or the value as it is.
     *
     * @param origin where it is written
     */
    static Value of(Value value, Origin origin) {
        if (value instanceof Value.Comparison comparison) {
            return compared(comparison, origin);
        }
        return expression(value, origin)
                .filter(Expr.Constant.class::isInstance)
                .<Value>map(folded -> Value.Constant.of((Expr.Constant) folded))
                .orElse(value);
    }

    private static Optional<Expr> expression(Value value, Origin origin) {
        if (value instanceof Value.Unary unary) {
            return number(unary.operand(), origin)
                    .map(operand ->
                            TypedConstants.fold(new Expr.Unary(unary.operator(), operand, unary.type(), origin)));
        }
        if (value instanceof Value.Binary binary) {
            return number(binary.left(), origin)
                    .flatMap(left -> number(binary.right(), origin)
                            .map(right -> TypedConstants.fold(
                                    new Expr.Binary(binary.operator(), left, right, binary.type(), origin))));
        }
        if (value instanceof Value.Conversion conversion) {
            return number(conversion.operand(), origin)
                    .map(operand -> TypedConstants.fold(new Expr.Conversion(operand, conversion.type(), origin)));
        }
        if (value instanceof Value.Element element) {
            return number(element.index(), origin)
                    .map(index -> TypedConstants.fold(new Expr.Element(element.table(), index, origin)));
        }
        if (value instanceof Value.Function function) {
            List<Expr> arguments = function.arguments().stream()
                    .flatMap(argument -> number(argument, origin).stream())
                    .toList();
            return arguments.size() == function.arguments().size()
                    ? Optional.of(TypedConstants.fold(
                            new Expr.Function(function.builtin(), arguments, function.type(), origin)))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static Value compared(Value.Comparison comparison, Origin origin) {
        return number(comparison.left(), origin)
                .flatMap(left -> number(comparison.right(), origin)
                        .flatMap(right -> TypedConstants.compare(
                                comparison.operator(), (Expr.Constant) left, (Expr.Constant) right)))
                .<Value>map(ValueLowering::truth)
                .orElse(comparison);
    }

    private static Optional<Expr> number(Value value, Origin origin) {
        return value instanceof Value.Constant constant
                        && constant.type() instanceof ScalarType
                        && !(constant.value() instanceof ConstantValue.BoolValue)
                ? Optional.of(new Expr.Constant(constant.type(), constant.value(), origin))
                : Optional.empty();
    }
}
