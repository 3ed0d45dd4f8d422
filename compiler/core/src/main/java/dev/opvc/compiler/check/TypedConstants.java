// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.ScalarType;
import java.math.BigInteger;

/** Computes operators on integer constants that have a type: they wrap in its width, as at run time. */
final class TypedConstants {
    private TypedConstants() {}

    /** The result as a constant, or the expression as it is. */
    static Expr fold(Expr.Unary unary) {
        if (unary.operand() instanceof Expr.Constant constant
                && constant.value() instanceof IntegerValue value
                && unary.type() instanceof ScalarType type
                && type.isInteger()) {
            boolean negate = unary.operator() == UnaryOperator.NEGATE;
            return constant(
                    unary.origin(),
                    type,
                    negate ? value.lp64().negate() : value.lp64().not(),
                    negate ? value.ilp32().negate() : value.ilp32().not());
        }
        return unary;
    }

    /** The result as a constant, or the expression as it is. A division by zero stays for whoever reports it. */
    static Expr fold(Expr.Binary binary) {
        if (binary.left() instanceof Expr.Constant a
                && binary.right() instanceof Expr.Constant b
                && a.value() instanceof IntegerValue
                && b.value() instanceof IntegerValue
                && binary.type() instanceof ScalarType type) {
            try {
                ConstantValue exact = Numbers.binary(binary.operator(), a.value(), b.value());
                IntegerValue value = (IntegerValue) exact;
                return constant(binary.origin(), type, value.lp64(), value.ilp32());
            } catch (Numbers.UndefinedException e) {
                return binary;
            }
        }
        return binary;
    }

    /** An explicit conversion of an integer constant to another integer type wraps. */
    static Expr convert(Expr.Constant constant, ScalarType type) {
        IntegerValue value = (IntegerValue) constant.value();
        return constant(constant.origin(), type, value.lp64(), value.ilp32());
    }

    private static Expr constant(Origin origin, ScalarType type, BigInteger lp64, BigInteger ilp32) {
        return new Expr.Constant(
                type, new IntegerValue(type.wrap(lp64, Abi.LP64), type.wrap(ilp32, Abi.ILP32)), origin);
    }
}
