// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Value;

/** Sees that {@code x != 0 && y / x > 1} asks for its divisor before it divides. */
final class DivisorConditions {
    private DivisorConditions() {}

    /** Whether a check asks for a divisor that is not zero where a condition holds, as far as can be read from that. */
    static boolean excludeZero(Value condition, RangeCheck check) {
        return check instanceof RangeCheck.Divisor divisor && excludeZero(condition, divisor.divisor());
    }

    private static boolean excludeZero(Value condition, Value divisor) {
        if (condition instanceof Value.Logical logical && logical.operator() == BinaryOperator.LOGICAL_AND) {
            return excludeZero(logical.left(), divisor) || excludeZero(logical.right(), divisor);
        }
        return condition instanceof Value.Comparison comparison
                && (comparison.operator() == BinaryOperator.NOT_EQUAL
                        || comparison.operator() == BinaryOperator.GREATER)
                && comparison.left().equals(divisor)
                && isZero(comparison.right());
    }

    private static boolean isZero(Value expr) {
        return expr instanceof Value.Constant constant
                && constant.value() instanceof IntegerValue value
                && value.lp64().signum() == 0
                && value.ilp32().signum() == 0;
    }
}
