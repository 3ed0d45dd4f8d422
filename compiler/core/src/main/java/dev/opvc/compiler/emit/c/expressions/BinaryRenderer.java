// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.expressions;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.emit.c.types.Integers;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.Value;
import java.math.BigInteger;

/**
 * Arithmetic, bitwise operators and shifts.
 *
 * <p>Compilers fold what they can, look through casts, and then warn: of a division by {@code x - x}, of a cast that
 * changes a sign on a way that they found shorter. So C's own operators stand between variables, literals, calls and
 * each other only, and behind a division or shift there is nothing that can be folded.
 */
final class BinaryRenderer {
    private final ExpressionRenderer expressions;

    BinaryRenderer(ExpressionRenderer expressions) {
        this.expressions = expressions;
    }

    CExpression render(Value.Binary binary) {
        ScalarType type = (ScalarType) binary.type();
        CExpression left = expressions.render(binary.left());
        CExpression right = expressions.render(binary.right());
        if (type.isFloat()) {
            // C's own operators could be fused, or rounded elsewhere.
            return CExpression.call(function(binary.operator()) + type, left, right);
        }
        boolean clear = isClear(left) && isClear(right);
        if (clear && isPlain(binary, right, type)) {
            return CExpression.infix(left, binary.operator().symbol(), right);
        }
        boolean shift = binary.operator().group() == BinaryOperator.Group.SHIFT;
        return CExpression.call(
                function(binary.operator()) + CTypes.arithmeticSuffix(type),
                left,
                shift
                        ? ExpressionRenderer.widenUnsigned(
                                right, (ScalarType) binary.right().type())
                        : right);
    }

    private static boolean isClear(CExpression operand) {
        return operand.binding() != CExpression.Binding.PREFIX;
    }

    /** Whether C's own operator has the defined result. */
    private static boolean isPlain(Value.Binary binary, CExpression right, ScalarType type) {
        return switch (binary.operator()) {
            case AND, OR, XOR -> Integers.isUnpromoted(type);
            case DIVIDE, REMAINDER ->
                Integers.wraps(type)
                        && right.isPrimary()
                        && mayBeBetween(binary.right(), BigInteger.ONE, ScalarType.U64.max(Abi.LP64));
            case SHIFT_LEFT, SHIFT_RIGHT ->
                Integers.wraps(type)
                        && right.isPrimary()
                        && mayBeBetween(
                                binary.right(), BigInteger.ZERO, BigInteger.valueOf(type.width(Abi.ILP32) - 1L));
            case MULTIPLY, ADD, SUBTRACT -> Integers.wraps(type);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL, LOGICAL_AND, LOGICAL_OR ->
                throw noArithmetic(binary.operator());
        };
    }

    private static boolean mayBeBetween(Value operand, BigInteger low, BigInteger high) {
        return !(operand instanceof Value.Constant) || Integers.isConstantBetween(operand, low, high);
    }

    private static String function(BinaryOperator operator) {
        return switch (operator) {
            case MULTIPLY -> "opv_mul_";
            case DIVIDE -> "opv_div_";
            case REMAINDER -> "opv_rem_";
            case ADD -> "opv_add_";
            case SUBTRACT -> "opv_sub_";
            case SHIFT_LEFT -> "opv_shl_";
            case SHIFT_RIGHT -> "opv_shr_";
            case AND -> "opv_and_";
            case XOR -> "opv_xor_";
            case OR -> "opv_or_";
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL, LOGICAL_AND, LOGICAL_OR ->
                throw noArithmetic(operator);
        };
    }

    private static IllegalArgumentException noArithmetic(BinaryOperator operator) {
        return new IllegalArgumentException(operator + " is no arithmetic");
    }
}
