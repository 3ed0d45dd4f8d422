// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.ScalarType;
import java.math.BigInteger;
import java.util.Optional;

/** Knows conditions whose value does not depend on anything: nobody means to write them. */
final class Conditions {
    private Conditions() {}

    /** The value of a condition that always has the same. */
    static Optional<Boolean> constantValue(Expr condition) {
        if (condition instanceof Expr.Constant constant && constant.value() instanceof BoolValue value) {
            return Optional.of(value.value());
        }
        return condition instanceof Expr.Comparison comparison ? constantValue(comparison) : Optional.empty();
    }

    private static Optional<Boolean> constantValue(Expr.Comparison comparison) {
        if (!(comparison.left().type() instanceof ScalarType type) || !type.isInteger()) {
            return Optional.empty();
        }
        if (comparison.left().equals(comparison.right())) {
            return Optional.of(holdsForEqual(comparison.operator()));
        }
        if (comparison.right() instanceof Expr.Constant bound) {
            return againstBound(comparison.operator(), type, (IntegerValue) bound.value());
        }
        if (comparison.left() instanceof Expr.Constant bound) {
            return againstBound(mirrored(comparison.operator()), type, (IntegerValue) bound.value());
        }
        return Optional.empty();
    }

    private static boolean holdsForEqual(BinaryOperator operator) {
        return operator == BinaryOperator.EQUAL
                || operator == BinaryOperator.LESS_OR_EQUAL
                || operator == BinaryOperator.GREATER_OR_EQUAL;
    }

    private static BinaryOperator mirrored(BinaryOperator operator) {
        return switch (operator) {
            case LESS -> BinaryOperator.GREATER;
            case LESS_OR_EQUAL -> BinaryOperator.GREATER_OR_EQUAL;
            case GREATER -> BinaryOperator.LESS;
            case GREATER_OR_EQUAL -> BinaryOperator.LESS_OR_EQUAL;
            default -> operator;
        };
    }

    /** No value of a type is below its least or above its greatest. */
    private static Optional<Boolean> againstBound(BinaryOperator operator, ScalarType type, IntegerValue bound) {
        boolean least = true;
        boolean greatest = true;
        for (Abi abi : Abi.values()) {
            BigInteger value = bound.on(abi);
            least &= value.equals(type.min(abi));
            greatest &= value.equals(type.max(abi));
        }
        return switch (operator) {
            case LESS -> least ? Optional.of(false) : Optional.empty();
            case GREATER_OR_EQUAL -> least ? Optional.of(true) : Optional.empty();
            case GREATER -> greatest ? Optional.of(false) : Optional.empty();
            case LESS_OR_EQUAL -> greatest ? Optional.of(true) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
