// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Type;

/** An expression under way: literals have no type until they meet one. */
sealed interface Operand {
    /** What has been reported already. */
    Operand ERRONEOUS = new Erroneous();

    /** Dispatches on the kind of operand. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of operand.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R literal(Literal literal);

        R typed(Typed typed);

        R erroneous(Erroneous erroneous);
    }

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

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.literal(this);
        }
    }

    /** An expression of a known type. */
    record Typed(Expr expr) implements Operand {
        Type type() {
            return expr.type();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.typed(this);
        }
    }

    /** An expression in error. It goes with everything, so that what depends on it says nothing more. */
    record Erroneous() implements Operand {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.erroneous(this);
        }
    }
}
