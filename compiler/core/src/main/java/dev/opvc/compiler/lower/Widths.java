// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.Value;
import java.math.BigInteger;

/**
 * Brings values to the width of their member in {@code struct cpu_op}. The operation looks only at the low bytes that
 * its length names, so it does not matter how the others are filled.
 */
final class Widths {
    private Widths() {}

    /** What an add adds: a subtraction adds the negative. */
    static Value count(Value value, boolean negate) {
        Value count = converted(value, ScalarType.I64);
        if (!negate) {
            return count;
        }
        return count instanceof Value.Constant constant
                ? constant(constant, ScalarType.I64, true)
                : new Value.Unary(UnaryOperator.NEGATE, count, ScalarType.I64);
    }

    static Value mask(Value value) {
        return converted(value, ScalarType.U64);
    }

    static Value bits(Value value) {
        return converted(value, ScalarType.U32);
    }

    private static Value converted(Value value, ScalarType type) {
        if (value.type() == type) {
            return value;
        }
        return value instanceof Value.Constant constant
                ? constant(constant, type, false)
                : new Value.Conversion(value, type);
    }

    private static Value constant(Value.Constant constant, ScalarType type, boolean negate) {
        IntegerValue value = (IntegerValue) constant.value();
        BigInteger lp64 = negate ? value.lp64().negate() : value.lp64();
        BigInteger ilp32 = negate ? value.ilp32().negate() : value.ilp32();
        return new Value.Constant(type, new IntegerValue(type.wrap(lp64, Abi.LP64), type.wrap(ilp32, Abi.ILP32)));
    }
}
