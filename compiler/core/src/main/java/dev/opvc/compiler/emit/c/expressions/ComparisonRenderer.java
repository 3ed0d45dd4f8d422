// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.expressions;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Value;
import java.math.BigInteger;

/**
 * Comparisons. C compares values of one type as the language does, but compilers warn of comparisons that can have one
 * result only; in the language that is the author's business, and opvc has warned already. So those that always have
 * one result become that result, and those that compilers might look through become calls.
 */
final class ComparisonRenderer {
    /** The comparisons, a row each. */
    private enum Relation {
        EQUAL("opv_eq_", true, true),
        NOT_EQUAL("opv_ne_", false, true),
        LESS("opv_lt_", false, false),
        LESS_OR_EQUAL("opv_le_", true, false),
        GREATER("opv_gt_", false, false),
        GREATER_OR_EQUAL("opv_ge_", true, false);

        private final String function;
        private final boolean holdsOfEquals;
        private final boolean isOfEquality;

        Relation(String function, boolean holdsOfEquals, boolean isOfEquality) {
            this.function = function;
            this.holdsOfEquals = holdsOfEquals;
            this.isOfEquality = isOfEquality;
        }

        /** Asks for the opposite. */
        BinaryOperator inverse() {
            return switch (this) {
                case EQUAL -> BinaryOperator.NOT_EQUAL;
                case NOT_EQUAL -> BinaryOperator.EQUAL;
                case LESS -> BinaryOperator.GREATER_OR_EQUAL;
                case LESS_OR_EQUAL -> BinaryOperator.GREATER;
                case GREATER -> BinaryOperator.LESS_OR_EQUAL;
                case GREATER_OR_EQUAL -> BinaryOperator.LESS;
            };
        }

        /** The relation that an operator of the same name asks for. */
        static Relation of(BinaryOperator operator) {
            return valueOf(operator.name());
        }
    }

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

    /** Whether a comparison does not hold. Of floats, neither {@code <} nor {@code >=} may. */
    CExpression renderNot(Value.Comparison comparison) {
        Relation relation = Relation.of(comparison.operator());
        boolean inverts = relation.isOfEquality || !isFloat(comparison.left().type());
        return inverts
                ? render(new Value.Comparison(relation.inverse(), comparison.left(), comparison.right()))
                : CExpression.not(render(comparison));
    }

    private CExpression render(Value.Comparison comparison, boolean nested) {
        CExpression left = expressions.render(comparison.left());
        CExpression right = expressions.render(comparison.right());
        BinaryOperator operator = comparison.operator();
        Relation relation = Relation.of(operator);
        Type type = comparison.left().type();
        boolean integers = type instanceof ScalarType scalar && scalar.isInteger();
        if (left.equals(right) && !isFloat(type)) {
            return constant(relation.holdsOfEquals);
        }
        if (integers && isDecidedByRange(comparison, relation)) {
            return constant(relation.holdsOfEquals);
        }
        if (integers && !isPlain(comparison, nested)) {
            return CExpression.call(relation.function + CTypes.arithmeticSuffix((ScalarType) type), left, right);
        }
        if (isFloat(type) && !(isVariable(comparison.left()) && isVariable(comparison.right()))) {
            return CExpression.call(relation.function + type, left, right);
        }
        return CExpression.infix(left, operator.symbol(), right);
    }

    private static boolean isFloat(Type type) {
        return type instanceof ScalarType scalar && scalar.isFloat();
    }

    /** Whether one side is the end of the type's range beyond which the other would have to lie. */
    private static boolean isDecidedByRange(Value.Comparison comparison, Relation relation) {
        return switch (relation) {
            case LESS, GREATER_OR_EQUAL -> isSmallest(comparison.right()) || isLargest(comparison.left());
            case GREATER, LESS_OR_EQUAL -> isLargest(comparison.right()) || isSmallest(comparison.left());
            case EQUAL, NOT_EQUAL -> false;
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
}
