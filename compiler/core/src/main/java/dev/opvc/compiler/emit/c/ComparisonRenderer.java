// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.ConstantValue;
import java.math.BigInteger;

/**
 * Comparisons. C compares values of one type as the language does, but compilers warn of comparisons that can have one
 * result only; in the language that is the author's business, and opvc has warned already. So those that always have
 * one result become that result, and those that compilers might look through become calls.
 */
final class ComparisonRenderer {
    private final ExpressionRenderer expressions;

    ComparisonRenderer(ExpressionRenderer expressions) {
        this.expressions = expressions;
    }

    /** A comparison that stands alone. */
    CExpression render(Value.Comparison comparison) {
        return render(comparison, false);
    }

    /** An operand of {@code &&} or {@code ||}: compilers look at the comparisons on both sides together. */
    CExpression renderNested(Value expression) {
        return expression instanceof Value.Comparison comparison
                ? render(comparison, true)
                : expressions.render(expression);
    }

    private CExpression render(Value.Comparison comparison, boolean nested) {
        CExpression left = expressions.render(comparison.left());
        CExpression right = expressions.render(comparison.right());
        BinaryOperator operator = comparison.operator();
        Type type = comparison.left().type();
        boolean integers = type instanceof ScalarType scalar && scalar.isInteger();
        if (left.equals(right) && !isFloat(type)) {
            return constant(holdsOfEquals(operator));
        }
        if (integers && isDecidedByRange(comparison)) {
            return constant(operator == BinaryOperator.LESS_OR_EQUAL || operator == BinaryOperator.GREATER_OR_EQUAL);
        }
        if (integers && !isPlain(comparison, nested)) {
            return CExpression.call(function(operator) + CTypes.arithmeticSuffix((ScalarType) type), left, right);
        }
        if (isFloat(type) && !(isVariable(comparison.left()) && isVariable(comparison.right()))) {
            return CExpression.call(function(operator) + type, left, right);
        }
        return CExpression.infix(left, operator.symbol(), right);
    }

    private static boolean isFloat(Type type) {
        return type instanceof ScalarType scalar && scalar.isFloat();
    }

    private static boolean holdsOfEquals(BinaryOperator operator) {
        return switch (operator) {
            case EQUAL, LESS_OR_EQUAL, GREATER_OR_EQUAL -> true;
            default -> false;
        };
    }

    /** Whether one side is the end of the type's range beyond which the other would have to lie. */
    private static boolean isDecidedByRange(Value.Comparison comparison) {
        return switch (comparison.operator()) {
            case LESS, GREATER_OR_EQUAL -> isSmallest(comparison.right()) || isLargest(comparison.left());
            case GREATER, LESS_OR_EQUAL -> isLargest(comparison.right()) || isSmallest(comparison.left());
            default -> false;
        };
    }

    private static boolean isSmallest(Value expression) {
        for (Abi abi : Abi.values()) {
            if (!isConstant(expression, abi, ((ScalarType) expression.type()).min(abi))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLargest(Value expression) {
        for (Abi abi : Abi.values()) {
            if (!isConstant(expression, abi, ((ScalarType) expression.type()).max(abi))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isConstant(Value expression, Abi abi, BigInteger number) {
        return expression instanceof Value.Constant constant
                && constant.value() instanceof ConstantValue.IntegerValue integer
                && integer.on(abi).equals(number);
    }

    /**
     * Whether no compiler knows more about it than that it has two results: a variable may have any value of its type.
     * {@code uptr} has another largest value on each machine.
     */
    private static boolean isPlain(Value.Comparison comparison, boolean nested) {
        boolean left = isVariable(comparison.left());
        boolean right = isVariable(comparison.right());
        boolean constant = comparison.left() instanceof Value.Constant || comparison.right() instanceof Value.Constant;
        boolean sameEverywhere = comparison.left().type() != ScalarType.UPTR;
        return (left && right) || ((left || right) && constant && sameEverywhere && !nested);
    }

    private static boolean isVariable(Value expression) {
        return expression instanceof Value.OfParameter
                || expression instanceof Value.OfLocal
                || expression instanceof Value.OfPrepared;
    }

    private static CExpression constant(boolean value) {
        return CExpression.primary(Boolean.toString(value));
    }

    private static String function(BinaryOperator operator) {
        return switch (operator) {
            case EQUAL -> "opv_eq_";
            case NOT_EQUAL -> "opv_ne_";
            case LESS -> "opv_lt_";
            case LESS_OR_EQUAL -> "opv_le_";
            case GREATER -> "opv_gt_";
            case GREATER_OR_EQUAL -> "opv_ge_";
            default -> throw new IllegalArgumentException(operator + " is no comparison");
        };
    }
}
