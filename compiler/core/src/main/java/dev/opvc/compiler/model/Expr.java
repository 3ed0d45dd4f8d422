// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression whose type is known. Operands have been converted: both sides of an operator are of one type. */
public sealed interface Expr {
    Type type();

    /** A constant in its type: an integer in its type's range, a float still exact. */
    record Constant(Type type, ConstantValue value) implements Expr {}

    /** The value of a parameter; of a per-CPU parameter, the address of the slot that is worked on. */
    record ParameterValue(Parameter parameter) implements Expr {
        @Override
        public Type type() {
            return parameter.type();
        }
    }

    /** The value that {@code let} gave a name. */
    record BindingValue(Binding binding) implements Expr {
        @Override
        public Type type() {
            return binding.value().type();
        }
    }

    /** What a place holds. */
    record PlaceValue(Place place) implements Expr {
        @Override
        public Type type() {
            return place.type();
        }
    }

    /** A value that preparation has read from memory; only lowered expressions have it, in place of a PlaceValue. */
    record PreparedValue(Prepared prepared) implements Expr {
        @Override
        public Type type() {
            return prepared.type();
        }
    }

    /** A function of the language. */
    record Function(Builtin builtin, List<Expr> arguments, Type type) implements Expr {
        public Function {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * A fold over all CPUs, which only queries have: of a value, or of a whole array element by element. Only checked
     * expressions have it.
     *
     * @param operand evaluated on the slots of one CPU after the other
     */
    record Folded(Fold fold, Expr operand) implements Expr {
        @Override
        public Type type() {
            return operand.type();
        }
    }

    /** Negation, complement or logical not. Integers wrap. */
    record Unary(UnaryOperator operator, Expr operand, Type type) implements Expr {}

    /**
     * Arithmetic and bitwise operators on operands of {@code type}. The right operand of a shift has an unsigned type
     * of its own.
     */
    record Binary(BinaryOperator operator, Expr left, Expr right, Type type) implements Expr {}

    /** A comparison of operands of one type. */
    record Comparison(BinaryOperator operator, Expr left, Expr right) implements Expr {
        @Override
        public Type type() {
            return ScalarType.BOOL;
        }
    }

    /**
     * {@code &&} or {@code ||}: the right side is evaluated only where the left does not decide.
     *
     * @param written where its sides are written; null if it is not from the source
     */
    record Logical(
            BinaryOperator operator,
            Expr left,
            Expr right,
            @Nullable Sides written) implements Expr {
        /** One that is made of others when they are lowered. */
        public Logical(BinaryOperator operator, Expr left, Expr right) {
            this(operator, left, right, null);
        }

        @Override
        public Type type() {
            return ScalarType.BOOL;
        }
    }

    /** Where the operands of an operator are written. */
    record Sides(Span left, Span right) {}

    /** Whether two places lie at one address; only lowered expressions have it. */
    record SameAddress(Address left, Address right) implements Expr {
        @Override
        public Type type() {
            return ScalarType.BOOL;
        }
    }

    /** One of two values of one type, neither of which can fail; only lowered expressions have it. */
    record Select(Expr condition, Expr then, Expr otherwise) implements Expr {
        @Override
        public Type type() {
            return then.type();
        }
    }

    /** The value of another type: explicit, or a widening that loses nothing. */
    record Conversion(Expr operand, Type type) implements Expr {}
}
