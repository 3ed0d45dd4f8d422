// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.ConstantValue.SpecialFloat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a query makes one value of those that it found on all CPUs, in their ascending order. */
public enum Fold {
    /** Adds; integers wrap in their own width. */
    SUM(false),
    /** The smallest; on floats as {@link Builtin#MIN}. */
    MIN(false),
    /** The greatest; on floats as {@link Builtin#MAX}. */
    MAX(false),
    /** Whether one is true. */
    ANY(true),
    /** Whether none is false. */
    ALL(true);

    private final boolean ofTruth;

    Fold(boolean ofTruth) {
        this.ofTruth = ofTruth;
    }

    /** The fold of a name of the language. */
    public static Optional<Fold> named(String name) {
        for (Fold fold : values()) {
            if (fold.word().equals(name)) {
                return Optional.of(fold);
            }
        }
        return Optional.empty();
    }

    /** Its name in the language. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a function of two arguments has its name too. */
    public boolean sharesItsName() {
        return this == MIN || this == MAX;
    }

    /** Whether it folds values of a type; it gives one of the same type. */
    public boolean isDefinedFor(Type type) {
        return type instanceof ScalarType scalar && ofTruth == (scalar == ScalarType.BOOL);
    }

    /**
     * The value that changes no other that it is folded with, so that to begin with it is to begin with the first CPU's
     * value. For sums of floats that is the negative zero.
     */
    public Expr.Constant neutral(ScalarType type) {
        return new Expr.Constant(
                type,
                switch (this) {
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
                });
    }

    /** What has been folded so far, and one more value. */
    public Expr combine(Expr folded, Expr value) {
        return switch (this) {
            case SUM -> new Expr.Binary(BinaryOperator.ADD, folded, value, value.type());
            case MIN -> new Expr.Function(Builtin.MIN, List.of(folded, value), value.type());
            case MAX -> new Expr.Function(Builtin.MAX, List.of(folded, value), value.type());
            case ANY -> new Expr.Logical(BinaryOperator.LOGICAL_OR, folded, value);
            case ALL -> new Expr.Logical(BinaryOperator.LOGICAL_AND, folded, value);
        };
    }
}
