// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.ConstantValue.NullValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Computes with constants that have a type, as it would be done at run time: integers wrap in their type's width, floats
 * round to their type. What cannot be computed stays as it is; a division by zero stays for whoever reports it.
 */
public final class TypedConstants {
    private TypedConstants() {}

    /** The result as a constant, or the expression as it is. */
    public static Expr fold(Expr.Unary unary) {
        if (!(unary.operand() instanceof Expr.Constant operand) || !(unary.type() instanceof ScalarType type)) {
            return unary;
        }
        boolean negate = unary.operator() == UnaryOperator.NEGATE;
        if (operand.value() instanceof IntegerValue value) {
            return integer(
                    type,
                    unary.origin(),
                    abi -> negate ? value.on(abi).negate() : value.on(abi).not());
        }
        return negate && type.isFloat() ? FloatConstants.negate(operand, unary.origin()) : unary;
    }

    /** The result as a constant, or the expression as it is. */
    public static Expr fold(Expr.Binary binary) {
        if (!(binary.left() instanceof Expr.Constant a)
                || !(binary.right() instanceof Expr.Constant b)
                || !(binary.type() instanceof ScalarType type)) {
            return binary;
        }
        if (type.isFloat()) {
            return FloatConstants.binary(binary.operator(), a, b, binary.origin());
        }
        try {
            IntegerValue value = (IntegerValue) Numbers.binary(binary.operator(), a.value(), b.value());
            return integer(type, binary.origin(), value::on);
        } catch (Numbers.UndefinedException e) {
            return binary;
        }
    }

    /** The result as a constant, or the expression as it is. */
    public static Expr fold(Expr.Function function) {
        List<Expr> arguments = function.arguments();
        if (!arguments.stream().allMatch(Expr.Constant.class::isInstance)
                || !(function.type() instanceof ScalarType type)) {
            return function;
        }
        Expr.Constant first = (Expr.Constant) arguments.get(0);
        Expr.Constant last = (Expr.Constant) arguments.get(arguments.size() - 1);
        if (((ScalarType) first.type()).isFloat()) {
            return FloatConstants.function(function.builtin(), first, last, function.origin());
        }
        IntegerValue a = (IntegerValue) first.value();
        IntegerValue b = (IntegerValue) last.value();
        ScalarType operand = (ScalarType) first.type();
        return switch (function.builtin()) {
            case MIN -> integer(type, function.origin(), abi -> a.on(abi).min(b.on(abi)));
            case MAX -> integer(type, function.origin(), abi -> a.on(abi).max(b.on(abi)));
            case ABS -> integer(type, function.origin(), abi -> a.on(abi).abs());
            case CLZ -> count(function, a, operand, (bits, width) -> width - bits.bitLength());
            case CTZ ->
                count(function, a, operand, (bits, width) -> bits.signum() == 0 ? width : bits.getLowestSetBit());
            case POPCOUNT -> count(function, a, operand, (bits, width) -> bits.bitCount());
            case FROM_BITS -> FloatConstants.ofBits(a.lp64(), type, function.origin());
            case ISNAN, ISINF, SQRT, FLOOR, CEIL, BITS ->
                throw new IllegalArgumentException("integers have no " + function.builtin());
        };
    }

    /** What is chosen of constants, or the expression as it is. */
    public static Expr fold(Expr.Select select) {
        boolean known = select.condition() instanceof Expr.Constant
                && select.then() instanceof Expr.Constant
                && select.otherwise() instanceof Expr.Constant;
        if (!known) {
            return select;
        }
        Expr.Constant condition = (Expr.Constant) select.condition();
        Expr chosen = ((BoolValue) condition.value()).value() ? select.then() : select.otherwise();
        return new Expr.Constant(chosen.type(), ((Expr.Constant) chosen).value(), select.origin());
    }

    /** The element at an index that is known, or the expression as it is. */
    public static Expr fold(Expr.Element element) {
        if (!(element.index() instanceof Expr.Constant index)) {
            return element;
        }
        IntegerValue at = (IntegerValue) index.value();
        if (!at.portable()) {
            return element;
        }
        Expr.Constant value = element.table().values().get(at.lp64().intValueExact());
        return new Expr.Constant(value.type(), value.value(), element.origin());
    }

    private static Expr count(
            Expr.Function function,
            IntegerValue value,
            ScalarType operand,
            BiFunction<BigInteger, Integer, Integer> counted) {
        return integer(ScalarType.U32, function.origin(), abi -> {
            int width = operand.width(abi);
            BigInteger bits = value.on(abi).mod(BigInteger.ONE.shiftLeft(width));
            return BigInteger.valueOf(counted.apply(bits, width));
        });
    }

    /** The result as a constant, or the expression as it is. */
    public static Expr fold(Expr.Conversion conversion) {
        if (!(conversion.type() instanceof ScalarType type)) {
            return conversion;
        }
        if (conversion.operand().type() instanceof PointerType) {
            return address(conversion.operand())
                    .<Expr>map(value -> integer(type, conversion.origin(), value::on))
                    .orElse(conversion);
        }
        if (!(conversion.operand() instanceof Expr.Constant constant)) {
            return conversion;
        }
        if (constant.value() instanceof BoolValue truth) {
            return integer(type, conversion.origin(), abi -> truth.value() ? BigInteger.ONE : BigInteger.ZERO);
        }
        if (constant.value() instanceof IntegerValue value) {
            if (type.isInteger()) {
                return convert(constant, type);
            }
            return value.portable() ? FloatConstants.ofInteger(value.lp64(), type, conversion.origin()) : conversion;
        }
        return FloatConstants.convert(constant, type, conversion.origin());
    }

    /** The bits of a pointer, if they are known: it is null, or made of a constant. */
    private static Optional<IntegerValue> address(Expr pointer) {
        if (pointer instanceof Expr.BindingValue value) {
            return address(value.binding().value());
        }
        if (pointer instanceof Expr.Conversion conversion) {
            return address(conversion.operand());
        }
        if (!(pointer instanceof Expr.Constant constant)) {
            return Optional.empty();
        }
        return constant.value() instanceof NullValue
                ? Optional.of(IntegerValue.of(0))
                : Optional.of((IntegerValue) constant.value());
    }

    /** What a comparison of constants gives, if that does not depend on the size of pointers. */
    public static Optional<Boolean> compare(BinaryOperator operator, Expr.Constant left, Expr.Constant right) {
        if (left.type() instanceof ScalarType type && type.isFloat()) {
            return Optional.of(FloatConstants.compare(operator, left, right));
        }
        try {
            ConstantValue value = Numbers.binary(operator, left.value(), right.value());
            return Optional.of(((BoolValue) value).value());
        } catch (Numbers.UndefinedException e) {
            return Optional.empty();
        }
    }

    /** An integer constant in another integer type, where it wraps. */
    static Expr.Constant convert(Expr.Constant constant, ScalarType type) {
        IntegerValue value = (IntegerValue) constant.value();
        return integer(type, constant.origin(), value::on);
    }

    /** What a number is where pointers have a size. */
    private interface OnAbi {
        BigInteger on(Abi abi);
    }

    private static Expr.Constant integer(ScalarType type, Origin origin, OnAbi exact) {
        return new Expr.Constant(
                type,
                new IntegerValue(type.wrap(exact.on(Abi.LP64), Abi.LP64), type.wrap(exact.on(Abi.ILP32), Abi.ILP32)),
                origin);
    }
}
