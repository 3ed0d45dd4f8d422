// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import java.math.BigInteger;

/**
 * Brings values to the width of their member in {@code struct cpu_op}. The operation looks only at the low bytes that
 * its length names, so it does not matter how the others are filled.
 */
final class Widths {
    private Widths() {}

    /** What an add adds: a subtraction adds the negative. */
    static Expr count(Expr value, boolean negate) {
        Expr count = converted(value, ScalarType.I64);
        if (!negate) {
            return count;
        }
        return count instanceof Expr.Constant constant
                ? constant(constant, ScalarType.I64, true)
                : new Expr.Unary(UnaryOperator.NEGATE, count, ScalarType.I64);
    }

    static Expr mask(Expr value) {
        return converted(value, ScalarType.U64);
    }

    static Expr bits(Expr value) {
        return converted(value, ScalarType.U32);
    }

    private static Expr converted(Expr value, ScalarType type) {
        if (value.type() == type) {
            return value;
        }
        return value instanceof Expr.Constant constant
                ? constant(constant, type, false)
                : new Expr.Conversion(value, type);
    }

    private static Expr constant(Expr.Constant constant, ScalarType type, boolean negate) {
        IntegerValue value = (IntegerValue) constant.value();
        BigInteger lp64 = negate ? value.lp64().negate() : value.lp64();
        BigInteger ilp32 = negate ? value.ilp32().negate() : value.ilp32();
        return new Expr.Constant(type, new IntegerValue(type.wrap(lp64, Abi.LP64), type.wrap(ilp32, Abi.ILP32)));
    }
}
