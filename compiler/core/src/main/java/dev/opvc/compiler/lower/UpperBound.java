// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Value;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The most that the value of an integer can be, as far as its outermost operators tell: what is masked, or the remainder
 * of a division, needs no check as an index.
 */
final class UpperBound {
    private final Abi abi;
    private final Function<Local, Optional<Value>> computedBy;

    private UpperBound(Abi abi, Function<Local, Optional<Value>> computedBy) {
        this.abi = abi;
        this.computedBy = computedBy;
    }

    /**
     * Whether a value cannot be negative, and is below a limit for each size of pointers.
     *
     * @param computedBy how a local is computed, where that is known
     */
    static boolean isBelow(Value value, long limit, Function<Local, Optional<Value>> computedBy) {
        return Stream.of(Abi.values())
                .allMatch(abi -> new UpperBound(abi, computedBy)
                        .of(value)
                        .map(bound -> bound.compareTo(BigInteger.valueOf(limit)) < 0)
                        .orElse(false));
    }

    /**
     * The most that a value can be for a size of pointers; empty if it may be negative.
     *
     * @param computedBy how a local is computed, where that is known
     */
    static Optional<BigInteger> of(Value value, Abi abi, Function<Local, Optional<Value>> computedBy) {
        return new UpperBound(abi, computedBy).of(value);
    }

    /** Empty if it may be negative. */
    private Optional<BigInteger> of(Value value) {
        if (!(value.type() instanceof ScalarType type) || !type.isInteger()) {
            return Optional.empty();
        }
        if (value instanceof Value.Constant constant) {
            return Optional.of(((IntegerValue) constant.value()).on(abi)).filter(number -> number.signum() >= 0);
        }
        Optional<BigInteger> known = Optional.empty();
        if (value instanceof Value.OfLocal local) {
            known = computedBy.apply(local.local()).flatMap(this::of);
        } else if (value instanceof Value.OfParameter of && of.parameter().max().isPresent()) {
            // Every call is held to it before anything else.
            known = Optional.of(BigInteger.valueOf(of.parameter().max().getAsLong()));
        } else if (value instanceof Value.Binary binary) {
            known = ofBinary(binary).filter(bound -> bound.compareTo(type.max(abi)) <= 0);
        } else if (value instanceof Value.Conversion conversion) {
            known = conversion.operand().type() == ScalarType.BOOL
                    ? Optional.of(BigInteger.ONE)
                    : of(conversion.operand()).filter(bound -> bound.compareTo(type.max(abi)) <= 0);
        } else if (value instanceof Value.Function function) {
            known = ofFunction(function);
        } else if (value instanceof Value.Select select) {
            known = greatest(of(select.then()), of(select.otherwise()));
        } else if (value instanceof Value.BucketOf bucketOf) {
            known = Optional.of(BigInteger.valueOf(bucketOf.table().length()));
        } else if (value instanceof Value.Element element) {
            known = element.table().values().stream()
                    .map(constant -> of(Value.Constant.of(constant)))
                    .reduce(Optional.of(BigInteger.ZERO), UpperBound::greatest);
        }
        return known.isPresent() || type.isSigned() ? known : Optional.of(type.max(abi));
    }

    private Optional<BigInteger> ofFunction(Value.Function function) {
        Value first = function.arguments().get(0);
        return switch (function.builtin()) {
            case MIN -> least(of(first), of(function.arguments().get(1)));
            case MAX -> greatest(of(first), of(function.arguments().get(1)));
            case CLZ, CTZ, POPCOUNT ->
                Optional.of(BigInteger.valueOf(Byte.SIZE * first.type().size(abi)));
            case ABS -> of(first);
            case ISNAN, ISINF, SQRT, FLOOR, CEIL, BITS, FROM_BITS -> Optional.empty();
        };
    }

    private Optional<BigInteger> ofBinary(Value.Binary binary) {
        Optional<BigInteger> left = of(binary.left());
        Optional<BigInteger> right = of(binary.right());
        if (binary.operator() == BinaryOperator.AND) {
            // A mask that is not negative leaves nothing that is, whatever is masked.
            return left.isPresent() && right.isPresent() ? least(left, right) : left.or(() -> right);
        }
        if (binary.operator() == BinaryOperator.REMAINDER && left.isPresent() && right.isPresent()) {
            // A divisor of 0 is a range error before.
            return least(left, right.map(bound -> bound.subtract(BigInteger.ONE).max(BigInteger.ZERO)));
        }
        if (binary.operator() == BinaryOperator.DIVIDE) {
            return left.flatMap(dividend -> right.map(divisor -> quotient(dividend, binary.right())));
        }
        if (binary.operator() == BinaryOperator.OR || binary.operator() == BinaryOperator.XOR) {
            return greatest(left, right)
                    .map(most -> BigInteger.ONE.shiftLeft(most.bitLength()).subtract(BigInteger.ONE));
        }
        // What wraps is more than its type holds, and no bound then.
        if (binary.operator() == BinaryOperator.ADD) {
            return left.flatMap(first -> right.map(first::add));
        }
        if (binary.operator() == BinaryOperator.MULTIPLY) {
            return left.flatMap(first -> right.map(first::multiply));
        }
        return binary.operator() == BinaryOperator.SHIFT_RIGHT
                        && binary.right() instanceof Value.Constant
                        && right.isPresent()
                ? left.map(bound -> bound.shiftRight(right.get().intValueExact()))
                : Optional.empty();
    }

    /** A divisor of 0 is a range error before. */
    private BigInteger quotient(BigInteger dividend, Value divisor) {
        boolean known = divisor instanceof Value.Constant;
        BigInteger least = known ? of(divisor).orElse(BigInteger.ONE).max(BigInteger.ONE) : BigInteger.ONE;
        return dividend.divide(least);
    }

    /** One of two values may be negative if either may. */
    private static Optional<BigInteger> greatest(Optional<BigInteger> a, Optional<BigInteger> b) {
        return a.flatMap(first -> b.map(first::max));
    }

    /** A value that is at most each of two is not negative only if neither is. */
    private static Optional<BigInteger> least(Optional<BigInteger> a, Optional<BigInteger> b) {
        return a.flatMap(first -> b.map(first::min));
    }
}
