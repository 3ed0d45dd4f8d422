// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.expressions;

import dev.opvc.compiler.emit.java.expressions.Rendered.Level;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.vector.Value;

/** Renders comparisons. */
public final class ComparisonRenderer {
    private ComparisonRenderer() {}

    /** Compares values of one type. */
    static Rendered render(BinaryOperator operator, Rendered left, Rendered right, JavaType type) {
        boolean equality = operator == BinaryOperator.EQUAL || operator == BinaryOperator.NOT_EQUAL;
        if (equality) {
            return Rendered.infix(left, operator.symbol(), Level.EQUALITY, right);
        }
        if (type.isBitPattern()) {
            Rendered order = Rendered.primary(
                    "$T.compareUnsigned($L, $L)",
                    type.isLong() ? Long.class : Integer.class,
                    left.code(),
                    right.code());
            return Rendered.infix(order, operator.symbol(), Level.RELATION, Rendered.primary("0"));
        }
        return Rendered.infix(left, operator.symbol(), Level.RELATION, right);
    }

    /** Whether another operator holds exactly where this comparison does not: an order has none where NaN is. */
    static boolean hasOpposite(Value.Comparison comparison) {
        boolean equality =
                comparison.operator() == BinaryOperator.EQUAL || comparison.operator() == BinaryOperator.NOT_EQUAL;
        return equality || !JavaType.of(comparison.left().type()).isFloat();
    }

    static BinaryOperator opposite(BinaryOperator operator) {
        return switch (operator) {
            case EQUAL -> BinaryOperator.NOT_EQUAL;
            case NOT_EQUAL -> BinaryOperator.EQUAL;
            case LESS -> BinaryOperator.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> BinaryOperator.GREATER;
            case GREATER -> BinaryOperator.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> BinaryOperator.LESS;
            default -> throw new IllegalArgumentException("not a comparison: " + operator);
        };
    }
}
