// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.Value;

/** An expression under way: literals have no type until they meet one. */
sealed interface Operand {
    /** A constant that is still exact and untyped. */
    record Literal(Value value) implements Operand {
        /** What a message calls it. */
        String kind() {
            if (value instanceof Value.IntegerValue) {
                return "an integer";
            }
            if (value instanceof Value.BoolValue) {
                return "a truth value";
            }
            return value instanceof Value.NullValue ? "`null`" : "a float";
        }
    }

    /** An expression of a known type. */
    record Typed(Expr expr) implements Operand {
        Type type() {
            return expr.type();
        }
    }
}
