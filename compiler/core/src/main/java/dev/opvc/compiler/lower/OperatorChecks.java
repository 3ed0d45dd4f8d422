// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.BinaryOperator.Group;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Value;
import java.util.Optional;

/** What must hold of the right operand of an operator, unless it is written as a constant: that has been checked. */
final class OperatorChecks {
    private OperatorChecks() {}

    /**
     * The check on an operator's right operand, if there is one.
     *
     * @param type the type of the left operand
     */
    static Optional<RangeCheck> of(BinaryOperator operator, Value right, Type type) {
        if (!(type instanceof ScalarType scalar)) {
            return Optional.empty();
        }
        if (operator.group() == Group.SHIFT) {
            return Optional.of(new RangeCheck.ShiftCount(right, scalar));
        }
        boolean divides = operator == BinaryOperator.DIVIDE || operator == BinaryOperator.REMAINDER;
        return divides && scalar.isInteger() ? Optional.of(new RangeCheck.Divisor(right)) : Optional.empty();
    }
}
