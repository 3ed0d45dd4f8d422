// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Value;
import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks of indices, divisors and shift counts. What is known on a path is checked here: if it holds there is no check at
 * run time, and if not, that is the error that it is for a literal.
 */
final class RangeChecks {
    private final PathBuilder path;
    private final Diagnostics diagnostics;

    RangeChecks(PathBuilder path, Diagnostics diagnostics) {
        this.path = path;
        this.diagnostics = diagnostics;
    }

    /**
     * Checks an operator's right operand.
     *
     * @param type the type of the left operand
     */
    void operand(BinaryOperator operator, Value right, Type type, Span span) {
        OperatorChecks.of(operator, right, type).ifPresent(check -> {
            if (!(right instanceof Value.Constant constant)) {
                path.check(check);
            } else if (check instanceof RangeCheck.ShiftCount shift) {
                checkKnownCount(integer(constant), shift.type(), span);
            } else if (!isAlways(integer(constant), (abi, divisor) -> divisor.signum() != 0)) {
                diagnostics.report(Diagnostic.at(
                        span, DiagnosticCode.OUT_OF_RANGE, "division by zero: the divisor is known here, and it is 0"));
            }
        });
    }

    private void checkKnownCount(IntegerValue count, ScalarType type, Span span) {
        if (!isAlways(count, (abi, bits) -> isWithin(bits, type.width(abi)))) {
            diagnostics.report(Diagnostic.at(
                    span,
                    DiagnosticCode.SHIFT_RANGE,
                    "a `" + type + "` is shifted by " + count.lp64() + " bits here, as many as it has, or more"));
        }
    }

    /** The index, or where it is known to be outside one that is not: the unit is refused, and nobody sees which. */
    Value index(Value index, long length, Span span) {
        if (index instanceof Value.Constant constant) {
            return knownIndex(constant, length, span);
        }
        if (!UpperBound.isBelow(index, length, path::computedBy)) {
            path.check(new RangeCheck.Index(index, length));
        }
        return index;
    }

    /** The same of an array that was given its length when the slot was allocated. */
    Value indexOfSized(Value index, ArrayType array, Value slot, Span span) {
        Value within = index instanceof Value.Constant constant ? knownIndex(constant, array.length(), span) : index;
        belowLength(within, slot).ifPresent(path::check);
        return within;
    }

    private Value knownIndex(Value.Constant index, long length, Span span) {
        if (isAlways(integer(index), (abi, number) -> isWithin(number, length))) {
            return index;
        }
        diagnostics.report(Diagnostic.at(
                span,
                DiagnosticCode.OUT_OF_RANGE,
                "the index is known here: " + integer(index).lp64() + " is outside 0 to " + (length - 1)));
        return Value.Constant.zero(index.type());
    }

    /** The check that an index is below the length of such an array; none if it always is. */
    static Optional<RangeCheck> belowLength(Value index, Value slot) {
        boolean first = index instanceof Value.Constant constant
                && isAlways(integer(constant), (abi, number) -> number.signum() == 0);
        Parameter length = ((Value.OfParameter) Place.givenLength(slot)).parameter();
        return first ? Optional.empty() : Optional.of(new RangeCheck.BelowLength(index, length));
    }

    private static IntegerValue integer(Value.Constant constant) {
        return (IntegerValue) constant.value();
    }

    /** What is asked of a number where pointers have a size. */
    private interface Condition {
        boolean holds(Abi abi, BigInteger number);
    }

    private static boolean isAlways(IntegerValue number, Condition condition) {
        return Stream.of(Abi.values()).allMatch(abi -> condition.holds(abi, number.on(abi)));
    }

    private static boolean isWithin(BigInteger number, long limit) {
        return number.signum() >= 0 && number.compareTo(BigInteger.valueOf(limit)) < 0;
    }
}
