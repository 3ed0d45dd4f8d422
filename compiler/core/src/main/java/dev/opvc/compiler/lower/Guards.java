// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Operation.Operand;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.Value;
import java.util.Set;

/** Lowers conditions: to comparisons of the vector where that is possible, and else to decisions on prepared values. */
final class Guards {
    private final PathBuilder path;
    private final ValueLowering values;
    private final Set<PlaceExpr> valueReads;

    Guards(PathBuilder path, ValueLowering values, Set<PlaceExpr> valueReads) {
        this.path = path;
        this.values = values;
        this.valueReads = valueReads;
    }

    /** Conditions that must all hold are conditions one after the other, with the same outcome. */
    void condition(Expr condition, Outcome outcome) {
        Conjunction.of(condition).forEach(part -> part(part, outcome));
    }

    private void part(Expr part, Outcome outcome) {
        Expr inner = inner(part);
        if (inner instanceof Expr.Comparison comparison && canCompare(comparison)) {
            boolean holds = inner == part;
            compare(comparison, (comparison.operator() == BinaryOperator.EQUAL) == holds, outcome);
        } else {
            decide(part, outcome);
        }
    }

    /** A part of a conjunction without the {@code !} that may be around it. */
    static Expr inner(Expr part) {
        return part instanceof Expr.Unary not && not.operator() == UnaryOperator.NOT ? not.operand() : part;
    }

    /** Whether a condition is one comparison of bytes, of which at least one side is a place. */
    static boolean canCompare(Expr.Comparison comparison) {
        Expr left = BitwiseCopy.source(comparison.left());
        Expr right = BitwiseCopy.source(comparison.right());
        boolean equality =
                comparison.operator() == BinaryOperator.EQUAL || comparison.operator() == BinaryOperator.NOT_EQUAL;
        boolean readsPlace = left instanceof Expr.PlaceValue || right instanceof Expr.PlaceValue;
        return equality && readsPlace && comparesBytes(left.type());
    }

    /** Whether two values of a type are equal just if their bytes are: not so for floats, nor for truth values. */
    private static boolean comparesBytes(Type type) {
        return !(type instanceof ScalarType scalar) || scalar.isInteger();
    }

    /** A side of a comparison: memory that no statement has written yet, or a value. */
    private sealed interface Side {
        Type type();
    }

    private record Memory(Place place) implements Side {
        @Override
        public Type type() {
            return place.type();
        }
    }

    private record Known(Value value) implements Side {
        @Override
        public Type type() {
            return value.type();
        }
    }

    private void compare(Expr.Comparison comparison, boolean equal, Outcome outcome) {
        Side left = side(BitwiseCopy.source(comparison.left()));
        Side right = side(BitwiseCopy.source(comparison.right()));
        if (left instanceof Known first && right instanceof Known second) {
            BinaryOperator operator = equal ? BinaryOperator.EQUAL : BinaryOperator.NOT_EQUAL;
            // As bytes both sides were alike; as values they have to be of the type that they are compared in.
            Type type = comparison.left().type();
            Value holds = new Value.Comparison(
                    operator, MemoryReads.as(type, first.value()), MemoryReads.as(type, second.value()));
            path.prepare(new Step.Decide(holds, outcome));
            return;
        }
        OpCode code = equal ? OpCode.COMPARE_EQ : OpCode.COMPARE_NE;
        Length length = new Length.OfType(left.type());
        path.guard(
                new Operation.Compare(
                        code, operand("a", left), operand("b", right), length, Role.GUARD, comparison.span()),
                outcome);
    }

    private Side side(Expr operand) {
        if (!(operand instanceof Expr.PlaceValue value) || valueReads.contains(value.place())) {
            return new Known(values.value(operand));
        }
        Place place = values.place(value.place());
        return values.reads().isUntouched(place)
                ? new Memory(place)
                : new Known(values.reads().value(place, MemoryReads.nameOf(place), operand.span()));
    }

    private Operand operand(String name, Side side) {
        if (side instanceof Memory memory) {
            return new Operand(
                    name, new Address.OfPlace(memory.place()), values.reads().isBehindReadPointer(memory.place()));
        }
        return new Operand(name, path.cell(((Known) side).value()), false);
    }

    private void decide(Expr condition, Outcome outcome) {
        Value value = values.value(condition);
        if (!value.equals(Value.Constant.TRUE)) {
            path.prepare(new Step.Decide(value, outcome));
        }
    }
}
