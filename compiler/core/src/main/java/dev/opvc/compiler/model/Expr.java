// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.source.Span;
import java.util.List;
import java.util.function.Predicate;

/**
 * An expression whose type is known. Operands have been converted: both sides of an operator are of one type.
 * Expressions are equal if they mean the same, wherever they are written.
 */
public sealed interface Expr {
    Type type();

    Origin origin();

    /** Where it is written. */
    default Span span() {
        return origin().span();
    }

    /** What it is made of, from left to right. */
    List<Expr> parts();

    /** Whether it, or one that it is made of, is so. What a binding's value is made of does not count. */
    default boolean contains(Predicate<Expr> predicate) {
        if (predicate.test(this)) {
            return true;
        }
        // A loop instead of a stream: long chains of operators are walked to their end by recursion.
        for (Expr part : parts()) {
            if (part.contains(predicate)) {
                return true;
            }
        }
        return false;
    }

    /** Dispatches on the kind of expression. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of expression.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R constant(Constant constant);

        R parameterValue(ParameterValue parameterValue);

        R bindingValue(BindingValue bindingValue);

        R placeValue(PlaceValue placeValue);

        R function(Function function);

        R folded(Folded folded);

        R unary(Unary unary);

        R binary(Binary binary);

        R comparison(Comparison comparison);

        R logical(Logical logical);

        R select(Select select);

        R element(Element element);

        R bucketOf(BucketOf bucketOf);

        R conversion(Conversion conversion);
    }

    /** A constant in its type: an integer in its type's range, a float still exact. */
    record Constant(Type type, ConstantValue value, Origin origin) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.constant(this);
        }
    }

    /** The value of a parameter; of a per-CPU parameter, the address of the slot that is worked on. */
    record ParameterValue(Parameter parameter, Origin origin) implements Expr {
        @Override
        public Type type() {
            return parameter.type();
        }

        @Override
        public List<Expr> parts() {
            return List.of();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.parameterValue(this);
        }
    }

    /** The value that {@code let} gave a name. */
    record BindingValue(Binding binding, Origin origin) implements Expr {
        @Override
        public Type type() {
            return binding.value().type();
        }

        @Override
        public List<Expr> parts() {
            return List.of();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.bindingValue(this);
        }
    }

    /** What a place holds. */
    record PlaceValue(PlaceExpr place, Origin origin) implements Expr {
        @Override
        public Type type() {
            return place.type();
        }

        @Override
        public List<Expr> parts() {
            return place.parts();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.placeValue(this);
        }
    }

    /** A function of the language. */
    record Function(Builtin builtin, List<Expr> arguments, Type type, Origin origin) implements Expr {
        public Function {
            arguments = List.copyOf(arguments);
        }

        @Override
        public List<Expr> parts() {
            return arguments;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.function(this);
        }
    }

    /**
     * A fold over all CPUs, which only queries have: of a value, or of a whole array element by element. Its operand
     * is evaluated on the slots of one CPU after the other.
     *
     * @param cumulative whether each element of an array's sum is added to all that are behind it
     */
    record Folded(Fold fold, Expr operand, boolean cumulative, Origin origin) implements Expr {
        @Override
        public Type type() {
            return fold.resultFor(operand.type());
        }

        @Override
        public List<Expr> parts() {
            return List.of(operand);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.folded(this);
        }
    }

    /** Negation, complement or logical not. Integers wrap. */
    record Unary(UnaryOperator operator, Expr operand, Type type, Origin origin) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(operand);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.unary(this);
        }
    }

    /**
     * Arithmetic and bitwise operators on operands of {@code type}. The right operand of a shift has an unsigned type
     * of its own.
     */
    record Binary(BinaryOperator operator, Expr left, Expr right, Type type, Origin origin) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(left, right);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.binary(this);
        }
    }

    /** A comparison of operands of one type. */
    record Comparison(BinaryOperator operator, Expr left, Expr right, Origin origin) implements Expr {
        @Override
        public Type type() {
            return ScalarType.BOOL;
        }

        @Override
        public List<Expr> parts() {
            return List.of(left, right);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.comparison(this);
        }
    }

    /** Where the operands of an operator are written, with the parentheses around them. */
    record Sides(Span left, Span right) {}

    /** {@code &&} or {@code ||}: the right side is evaluated only where the left does not decide. */
    record Logical(BinaryOperator operator, Expr left, Expr right, Sides written, Origin origin) implements Expr {
        @Override
        public Type type() {
            return ScalarType.BOOL;
        }

        @Override
        public List<Expr> parts() {
            return List.of(left, right);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.logical(this);
        }
    }

    /** One of two values of one type, both of which are evaluated. */
    record Select(Expr condition, Expr then, Expr otherwise, Origin origin) implements Expr {
        @Override
        public Type type() {
            return then.type();
        }

        @Override
        public List<Expr> parts() {
            return List.of(condition, then, otherwise);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.select(this);
        }
    }

    /** What a table has at an index. */
    record Element(Table table, Expr index, Origin origin) implements Expr {
        @Override
        public Type type() {
            return table.element();
        }

        @Override
        public List<Expr> parts() {
            return List.of(index);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.element(this);
        }
    }

    /** How many of a table's ascending bounds are below a value of their type; of NaN all. */
    record BucketOf(Table table, Expr operand, Origin origin) implements Expr {
        @Override
        public Type type() {
            return Table.INDEX_TYPE;
        }

        @Override
        public List<Expr> parts() {
            return List.of(operand);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.bucketOf(this);
        }
    }

    /** The value of another type: explicit, or a widening that loses nothing. */
    record Conversion(Expr operand, Type type, Origin origin) implements Expr {
        @Override
        public List<Expr> parts() {
            return List.of(operand);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.conversion(this);
        }
    }
}
