// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Builtin;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.ConstantValue.SpecialFloat;
import dev.opvc.compiler.model.Fold;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import java.util.List;
import java.util.Optional;

/**
 * What a fold has made of the CPUs looked at so far; compared by identity.
 *
 * <p>It begins with {@link #neutral()}. Of an array, each element does.
 */
public abstract sealed class FoldedValue {
    private final Local local;
    private final Fold function;

    private FoldedValue(Local local, Fold function) {
        this.local = local;
        this.function = function;
    }

    /** Dispatches on what is folded. */
    public abstract <R> R match(Cases<R> cases);

    /**
     * What is done with a fold of values, and with one of arrays.
     *
     * @param <R> what comes of it
     */
    public interface Cases<R> {
        R scalar(Scalar folded);

        R array(Array folded);
    }

    /** A fold of one value a CPU. */
    public static final class Scalar extends FoldedValue {
        private final Value operand;

        /**
         * @param local the name that it has, and its type
         * @param operand what is folded, as it is on one CPU
         */
        public Scalar(Local local, Fold function, Value operand) {
            super(local, function);
            this.operand = operand;
        }

        public Value operand() {
            return operand;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.scalar(this);
        }
    }

    /** A fold of one array a CPU, element by element. */
    public static final class Array extends FoldedValue {
        private final Place operand;

        /**
         * @param local the name that it has, and its type
         * @param operand the array that is folded, in the slots of one CPU
         */
        public Array(Local local, Fold function, Place operand) {
            super(local, function);
            this.operand = operand;
        }

        public Place operand() {
            return operand;
        }

        public ArrayType arrayType() {
            return (ArrayType) type();
        }

        @Override
        public Optional<Value> givenLength() {
            return operand.givenLength();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.array(this);
        }
    }

    public Fold function() {
        return function;
    }

    public Local local() {
        return local;
    }

    public Type type() {
        return local.type();
    }

    public boolean isArray() {
        return type() instanceof ArrayType;
    }

    /** Its type, or that of its elements. */
    public ScalarType scalar() {
        return (ScalarType) (type() instanceof ArrayType array ? array.element() : type());
    }

    /** How many elements it has, if that was given when what is folded was allocated. */
    public Optional<Value> givenLength() {
        return Optional.empty();
    }

    /** How many elements it has, or has at most; 1 if it is no array. */
    public long length() {
        return type() instanceof ArrayType array ? array.length() : 1;
    }

    /**
     * What it, or each element, begins with: the value that changes no other that it is folded with, so that to begin
     * with it is to begin with the first CPU's value. For sums of floats that is the negative zero.
     */
    public Value.Constant neutral() {
        ScalarType type = scalar();
        ConstantValue neutral = switch (function) {
            case SUM -> type.isFloat() ? new SpecialFloat(-0.0) : IntegerValue.of(0);
            case MIN ->
                type.isFloat()
                        ? new SpecialFloat(Double.POSITIVE_INFINITY)
                        : new IntegerValue(type.max(Abi.LP64), type.max(Abi.ILP32));
            case MAX ->
                type.isFloat()
                        ? new SpecialFloat(Double.NEGATIVE_INFINITY)
                        : new IntegerValue(type.min(Abi.LP64), type.min(Abi.ILP32));
            case ANY -> new BoolValue(false);
            case ALL -> new BoolValue(true);
            case COUNT -> IntegerValue.of(0);
        };
        return new Value.Constant(type, neutral);
    }

    /** What has been folded so far, and one more value. */
    public Value combine(Value folded, Value value) {
        return switch (function) {
            case SUM -> new Value.Binary(BinaryOperator.ADD, folded, value, value.type());
            case MIN -> new Value.Function(Builtin.MIN, List.of(folded, value), value.type());
            case MAX -> new Value.Function(Builtin.MAX, List.of(folded, value), value.type());
            case ANY -> new Value.Logical(BinaryOperator.LOGICAL_OR, folded, value);
            case ALL -> new Value.Logical(BinaryOperator.LOGICAL_AND, folded, value);
            case COUNT ->
                new Value.Binary(BinaryOperator.ADD, folded, new Value.Conversion(value, folded.type()), folded.type());
        };
    }
}
