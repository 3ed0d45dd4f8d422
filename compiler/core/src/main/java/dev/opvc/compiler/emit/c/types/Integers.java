// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.types;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Value;
import java.math.BigInteger;

/** What C does with integers of each type. */
public final class Integers {
    private Integers() {}

    /** The type as one that integer arithmetic is defined on. */
    public static ScalarType require(Type type) {
        if (type instanceof ScalarType scalar && scalar.isInteger()) {
            return scalar;
        }
        throw new IllegalArgumentException("no arithmetic on " + type + " yet");
    }

    /** Whether C computes with it as it is, and does not promote it to {@code int}. */
    public static boolean isUnpromoted(ScalarType type) {
        return type.width(Abi.ILP32) >= Integer.SIZE;
    }

    /** Whether C's own arithmetic on it wraps. */
    public static boolean wraps(ScalarType type) {
        return isUnpromoted(type) && !type.isSigned();
    }

    /** Whether a type holds every value of another, whatever the size of a pointer. */
    public static boolean holds(ScalarType type, ScalarType other) {
        for (Abi abi : Abi.values()) {
            if (type.min(abi).compareTo(other.min(abi)) > 0 || type.max(abi).compareTo(other.max(abi)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The value of an integer or bool in another integer type, wrapped. */
    public static CExpression convert(CExpression operand, ScalarType from, ScalarType to) {
        String cast = CTypes.scalar(to);
        boolean exact = from == ScalarType.BOOL || holds(to, from);
        if (!to.isSigned() || exact) {
            return CExpression.cast(cast, operand);
        }
        String unsigned = "u" + cast;
        CExpression bits = CTypes.scalar(from).equals(unsigned) ? operand : CExpression.cast(unsigned, operand);
        return CExpression.call("opv_wrap_" + to, bits);
    }

    /** Whether an expression is a constant that lies in a range on every machine. */
    public static boolean isConstantBetween(Value expression, BigInteger low, BigInteger high) {
        if (!(expression instanceof Value.Constant constant)
                || !(constant.value() instanceof ConstantValue.IntegerValue integer)) {
            return false;
        }
        for (Abi abi : Abi.values()) {
            if (integer.on(abi).compareTo(low) < 0 || integer.on(abi).compareTo(high) > 0) {
                return false;
            }
        }
        return true;
    }
}
