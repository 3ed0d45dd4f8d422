// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Address;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Operation.Operand;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Step;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lowers conditions: to comparisons of the vector where that is possible, and else to decisions on prepared values. */
final class Guards {
    private final PathBuilder path;
    private final ValueLowering values;
    private final Set<Place> valueReads;

    Guards(PathBuilder path, ValueLowering values, Set<Place> valueReads) {
        this.path = path;
        this.values = values;
        this.valueReads = valueReads;
    }

    void condition(Expr condition, Outcome outcome, Span span) {
        condition(condition, true, outcome, span);
    }

    /**
     * Conditions joined by {@code &&} are conditions one after the other, with the same outcome; so are those joined by
     * {@code ||} of which none must hold.
     *
     * @param holds whether the condition must hold, or must not
     */
    private void condition(Expr condition, boolean holds, Outcome outcome, Span span) {
        if (path.parting().isPresent()) {
            return;
        }
        if (condition instanceof Expr.Unary not && not.operator() == UnaryOperator.NOT) {
            condition(not.operand(), !holds, outcome, span);
        } else if (condition instanceof Expr.Logical logical && logical.operator() == joining(holds)) {
            condition(logical.left(), holds, outcome, span);
            condition(logical.right(), holds, outcome, span);
        } else if (!path.isRequired(condition)) {
            require(condition, holds, outcome, span);
        }
    }

    /** Where the path has parted in the middle of a statement, the conditions before that are on it already. */
    private void require(Expr condition, boolean holds, Outcome outcome, Span span) {
        if (condition instanceof Expr.Comparison comparison && canCompare(comparison)) {
            compare(comparison, (comparison.operator() == BinaryOperator.EQUAL) == holds, outcome, span);
        } else {
            decide(condition, holds, outcome, span);
        }
        if (path.parting().isEmpty()) {
            path.require(condition);
        }
    }

    /** The operator that makes conditions of its operands which must all hold, or of which none must. */
    static BinaryOperator joining(boolean holds) {
        return holds ? BinaryOperator.LOGICAL_AND : BinaryOperator.LOGICAL_OR;
    }

    /** Whether a condition is one comparison of bytes, of which at least one side is a place. */
    static boolean canCompare(Expr.Comparison comparison) {
        Expr left = SameBytes.of(comparison.left());
        Expr right = SameBytes.of(comparison.right());
        boolean equality =
                comparison.operator() == BinaryOperator.EQUAL || comparison.operator() == BinaryOperator.NOT_EQUAL;
        boolean readsPlace = left instanceof Expr.PlaceValue || right instanceof Expr.PlaceValue;
        return equality && readsPlace && comparesBytes(left.type());
    }

    /** Whether two values of a type are equal just if their bytes are: not so for floats, nor for truth values. */
    private static boolean comparesBytes(Type type) {
        return !(type instanceof ScalarType scalar) || scalar.isInteger();
    }

    private void compare(Expr.Comparison comparison, boolean equal, Outcome outcome, Span span) {
        Expr left = side(SameBytes.of(comparison.left()), span);
        Expr right = side(SameBytes.of(comparison.right()), span);
        if (left == null || right == null) {
            return;
        }
        if (!(left instanceof Expr.PlaceValue) && !(right instanceof Expr.PlaceValue)) {
            BinaryOperator operator = equal ? BinaryOperator.EQUAL : BinaryOperator.NOT_EQUAL;
            // As bytes both sides were alike; as values they have to be of the type that they are compared in.
            Type type = comparison.left().type();
            Expr holds = new Expr.Comparison(operator, MemoryReads.as(type, left), MemoryReads.as(type, right));
            path.prepare(new Step.Decide(holds, outcome));
            return;
        }
        OpCode code = equal ? OpCode.COMPARE_EQ : OpCode.COMPARE_NE;
        Length length = new Length.OfType(left.type());
        path.guard(
                new Operation.Compare(code, operand("a", left), operand("b", right), length, Role.GUARD, span),
                outcome);
    }

    /** A side of a comparison: a place whose address is known and that no statement has written yet, or a value. */
    private @Nullable Expr side(Expr operand, Span span) {
        if (!(operand instanceof Expr.PlaceValue value) || valueReads.contains(value.place())) {
            return values.value(operand, span);
        }
        Place place = values.place(value.place(), span);
        if (place == null) {
            return null;
        }
        return values.reads().isUntouched(place)
                ? new Expr.PlaceValue(place)
                : values.reads().value(place, MemoryReads.nameOf(place), span);
    }

    private Operand operand(String name, Expr side) {
        if (side instanceof Expr.PlaceValue value) {
            return new Operand(
                    name, new Address.OfPlace(value.place()), values.reads().isBehindReadPointer(value.place()));
        }
        return new Operand(name, path.cell(side), false);
    }

    private void decide(Expr condition, boolean holds, Outcome outcome, Span span) {
        Expr value = values.value(condition, span);
        boolean holdsAlways = value instanceof Expr.Constant constant && ValueLowering.isTrue(constant) == holds;
        if (value != null && !holdsAlways) {
            Expr decided = holds ? value : new Expr.Unary(UnaryOperator.NOT, value, ScalarType.BOOL);
            path.prepare(new Step.Decide(decided, outcome));
        }
    }
}
