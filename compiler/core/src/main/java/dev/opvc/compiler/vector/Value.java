// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Builtin;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Table;
import dev.opvc.compiler.model.Type;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A value after lowering: it reads no memory and cannot fail, because reads and checks are steps before it. Both sides
 * of an operator are of one type. Values are equal if they are made of the same.
 */
public sealed interface Value {
    Type type();

    /** What it is made of, from left to right. */
    List<Value> parts();

    /** Whether it, or one that it is made of, is so. What a local was computed from does not count. */
    default boolean contains(Predicate<Value> predicate) {
        if (predicate.test(this)) {
            return true;
        }
        // A loop instead of a stream: long chains of operators are walked to their end by recursion.
        for (Value part : parts()) {
            if (part.contains(predicate)) {
                return true;
            }
        }
        return false;
    }

    /** Dispatches on the kind of value. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of value.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R constant(Constant constant);

        R ofParameter(OfParameter value);

        R ofLocal(OfLocal value);

        R ofPrepared(OfPrepared value);

        R ofFolded(OfFolded value);

        R function(Function function);

        R unary(Unary unary);

        R binary(Binary binary);

        R comparison(Comparison comparison);

        R logical(Logical logical);

        R select(Select select);

        R element(Element element);

        R bucketOf(BucketOf bucketOf);

        R sameAddress(SameAddress same);

        R conversion(Conversion conversion);
    }

    /** A constant in its type: an integer in its type's range, a float still exact. */
    record Constant(Type type, ConstantValue value) implements Value {
        public static final Constant TRUE = new Constant(ScalarType.BOOL, new ConstantValue.BoolValue(true));
        public static final Constant FALSE = new Constant(ScalarType.BOOL, new ConstantValue.BoolValue(false));

        /** The value of a type whose bytes are all zero. */
        public static Constant zero(Type type) {
            return new Constant(type, ConstantValue.zero(type));
        }

        /** The same constant, of an expression. */
        public static Constant of(Expr.Constant constant) {
            return new Constant(constant.type(), constant.value());
        }

        @Override
        public List<Value> parts() {
            return List.of();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.constant(this);
        }
    }

    /** The value of a parameter; of a per-CPU parameter, the address of the slot that is worked on. */
    record OfParameter(Parameter parameter) implements Value {
        @Override
        public Type type() {
            return parameter.type();
        }

        @Override
        public List<Value> parts() {
            return List.of();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ofParameter(this);
        }
    }

    /** The value that a step has computed and named. */
    record OfLocal(Local local) implements Value {
        @Override
        public Type type() {
            return local.type();
        }

        @Override
        public List<Value> parts() {
            return List.of();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ofLocal(this);
        }
    }

    /** A value that a step has read from memory. */
    record OfPrepared(Prepared prepared) implements Value {
        @Override
        public Type type() {
            return prepared.type();
        }

        @Override
        public List<Value> parts() {
            return List.of();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ofPrepared(this);
        }
    }

    /** What a fold has made of the CPUs looked at; only queries have it. */
    record OfFolded(FoldedValue folded) implements Value {
        @Override
        public Type type() {
            return folded.type();
        }

        @Override
        public List<Value> parts() {
            return List.of();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ofFolded(this);
        }
    }

    /** A function of the language. */
    record Function(Builtin builtin, List<Value> arguments, Type type) implements Value {
        public Function {
            arguments = List.copyOf(arguments);
        }

        @Override
        public List<Value> parts() {
            return arguments;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.function(this);
        }
    }

    /** Negation, complement or logical not. Integers wrap. */
    record Unary(UnaryOperator operator, Value operand, Type type) implements Value {
        @Override
        public List<Value> parts() {
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
    record Binary(BinaryOperator operator, Value left, Value right, Type type) implements Value {
        @Override
        public List<Value> parts() {
            return List.of(left, right);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.binary(this);
        }
    }

    /** A comparison of operands of one type. */
    record Comparison(BinaryOperator operator, Value left, Value right) implements Value {
        @Override
        public Type type() {
            return ScalarType.BOOL;
        }

        @Override
        public List<Value> parts() {
            return List.of(left, right);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.comparison(this);
        }
    }

    /** {@code &&} or {@code ||}. Evaluating the right side where the left decides does no harm. */
    record Logical(BinaryOperator operator, Value left, Value right) implements Value {
        @Override
        public Type type() {
            return ScalarType.BOOL;
        }

        @Override
        public List<Value> parts() {
            return List.of(left, right);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.logical(this);
        }
    }

    /** One of two values of one type. */
    record Select(Value condition, Value then, Value otherwise) implements Value {
        @Override
        public Type type() {
            return then.type();
        }

        @Override
        public List<Value> parts() {
            return List.of(condition, then, otherwise);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.select(this);
        }
    }

    /** What a table has at an index, which has been checked. */
    record Element(Table table, Value index) implements Value {
        @Override
        public Type type() {
            return table.element();
        }

        @Override
        public List<Value> parts() {
            return List.of(index);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.element(this);
        }
    }

    /** How many of a table's ascending bounds are below a value of their type; of NaN all. */
    record BucketOf(Table table, Value operand) implements Value {
        @Override
        public Type type() {
            return Table.INDEX_TYPE;
        }

        @Override
        public List<Value> parts() {
            return List.of(operand);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.bucketOf(this);
        }
    }

    /** Whether two places lie at one address. */
    record SameAddress(Address left, Address right) implements Value {
        @Override
        public Type type() {
            return ScalarType.BOOL;
        }

        @Override
        public List<Value> parts() {
            return Stream.of(left, right).flatMap(side -> side.parts().stream()).toList();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.sameAddress(this);
        }
    }

    /** The value of another type: explicit, or a widening that loses nothing. */
    record Conversion(Value operand, Type type) implements Value {
        @Override
        public List<Value> parts() {
            return List.of(operand);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.conversion(this);
        }
    }
}
