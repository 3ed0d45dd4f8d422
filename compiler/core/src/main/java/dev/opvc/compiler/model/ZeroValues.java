// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import java.math.BigDecimal;

/** The value of a type whose bytes are all zero: what a cell holds that something is copied to. */
public final class ZeroValues {
    private ZeroValues() {}

    public static Expr of(Type type) {
        if (type instanceof PointerType) {
            return new Expr.Constant(type, new ConstantValue.NullValue());
        }
        if (type == ScalarType.BOOL) {
            return new Expr.Constant(type, new ConstantValue.BoolValue(false));
        }
        boolean isFloat = type instanceof ScalarType scalar && scalar.isFloat();
        return new Expr.Constant(type, isFloat ? new ConstantValue.DecimalValue(BigDecimal.ZERO) : ConstantValue.IntegerValue.of(0));
    }
}
