// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.expressions;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.Value;
import java.util.Optional;

/** Converts integer constants: a literal of a small type is an int to Java, so that casting one may be redundant. */
public final class ConstantFolding {
    private ConstantFolding() {}

    /** The constant that an expression is, if it is an integer constant or conversions of one. */
    public static Optional<Value.Constant> fold(Value expression) {
        if (expression instanceof Value.Constant constant && constant.value() instanceof ConstantValue.IntegerValue) {
            return Optional.of(constant);
        }
        if (expression instanceof Value.Conversion conversion
                && conversion.type() instanceof ScalarType type
                && type.isInteger()) {
            return fold(conversion.operand()).map(constant -> convert(constant, type));
        }
        return Optional.empty();
    }

    private static Value.Constant convert(Value.Constant constant, ScalarType type) {
        ConstantValue.IntegerValue value = (ConstantValue.IntegerValue) constant.value();
        return new Value.Constant(type, ConstantValue.IntegerValue.of(type.wrap(value.on(Abi.LP64), Abi.LP64)));
    }
}
