// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.ConstantValue;

/** An expression under way: literals have no type until they meet one. */
sealed interface Operand {
    /** A constant that is still exact and untyped. */
    record Literal(ConstantValue value) implements Operand {
        /** What a message calls it. */
        String kind() {
            if (value instanceof ConstantValue.IntegerValue) {
                return "an integer";
            }
            if (value instanceof ConstantValue.BoolValue) {
                return "a truth value";
            }
            return value instanceof ConstantValue.NullValue ? "`null`" : "a float";
        }
    }

    /** An expression of a known type. */
    record Typed(Expr expr) implements Operand {
        Type type() {
            return expr.type();
        }
    }
}
