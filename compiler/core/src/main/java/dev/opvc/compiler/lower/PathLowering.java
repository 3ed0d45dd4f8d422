// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.ast.BinaryOperator;
import dev.opvc.compiler.ast.BinaryOperator.Group;
import dev.opvc.compiler.ast.UnaryOperator;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.UnitDefinition;
import dev.opvc.compiler.model.Value.BoolValue;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Operation.Operand;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorPath;

/** Lowers the statements of a transaction: conditions become guards, which come first, and stores follow in order. */
final class PathLowering {
    private final PathBuilder path = new PathBuilder();
    private final Diagnostics diagnostics;
    private final ValueLowering values;
    private final AddressLowering addresses;

    PathLowering(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        this.values = new ValueLowering(path, diagnostics);
        this.addresses = new AddressLowering(path, values, diagnostics);
    }

    VectorPath lower(UnitDefinition unit) {
        unit.body().forEach(this::statement);
        return path.build();
    }

    private void statement(Stmt statement) {
        if (statement instanceof Stmt.Let let) {
            let(let);
        } else if (statement instanceof Stmt.Require require) {
            condition(require.condition(), require.outcome(), require.span());
        } else if (statement instanceof Stmt.Guarded guarded) {
            condition(guarded.condition(), guarded.outcome(), guarded.span());
            guarded.body().forEach(this::statement);
        } else if (statement instanceof Stmt.Choice choice) {
            reportChoice(choice);
        } else if (statement instanceof Stmt.Store store) {
            store(store);
        } else if (statement instanceof Stmt.Update update) {
            update(update);
        } else if (statement instanceof Stmt.Memcpy memcpy) {
            memcpy(memcpy);
        } else {
            path.write(new Operation.Barrier(statement.span()));
        }
    }

    private void let(Stmt.Let let) {
        if (values.value(let.binding().value(), let.span())) {
            path.prepare(new Step.Bind(let.binding()));
        }
    }

    private void reportChoice(Stmt.Choice choice) {
        diagnostics.report(Diagnostic.at(choice.head(), DiagnosticCode.NO_MEANING_YET, "`if … else` has no meaning yet")
                .help("write two transactions, and choose between them before the call"));
    }

    private void condition(Expr condition, Outcome outcome, Span span) {
        condition(condition, true, outcome, span);
    }

    /**
     * Conditions joined by {@code &&} are conditions one after the other, with the same outcome; so are those joined by
     * {@code ||} of which none must hold.
     *
     * @param holds whether the condition must hold, or must not
     */
    private void condition(Expr condition, boolean holds, Outcome outcome, Span span) {
        BinaryOperator joining = holds ? BinaryOperator.LOGICAL_AND : BinaryOperator.LOGICAL_OR;
        if (condition instanceof Expr.Unary not && not.operator() == UnaryOperator.NOT) {
            condition(not.operand(), !holds, outcome, span);
        } else if (condition instanceof Expr.Logical logical && logical.operator() == joining) {
            condition(logical.left(), holds, outcome, span);
            condition(logical.right(), holds, outcome, span);
        } else if (condition instanceof Expr.Comparison comparison && isEquality(comparison)) {
            equality(comparison, holds, outcome, span);
        } else {
            decide(condition, holds, outcome, span);
        }
    }

    private static boolean isEquality(Expr.Comparison comparison) {
        return comparison.operator() == BinaryOperator.EQUAL || comparison.operator() == BinaryOperator.NOT_EQUAL;
    }

    private void equality(Expr.Comparison comparison, boolean holds, Outcome outcome, Span span) {
        Expr left = SameBytes.of(comparison.left());
        Expr right = SameBytes.of(comparison.right());
        boolean readsPlace = left instanceof Expr.PlaceValue || right instanceof Expr.PlaceValue;
        if (readsPlace && comparesBytes(left.type())) {
            boolean equal = (comparison.operator() == BinaryOperator.EQUAL) == holds;
            guard(left, right, equal, outcome, span);
        } else {
            decide(comparison, holds, outcome, span);
        }
    }

    /** Whether two values of a type are equal just if their bytes are: not so for floats, nor for truth values. */
    private static boolean comparesBytes(Type type) {
        return !(type instanceof ScalarType scalar) || scalar.isInteger();
    }

    private void guard(Expr left, Expr right, boolean equal, Outcome outcome, Span span) {
        boolean known = guardOperand(left, span) && guardOperand(right, span);
        if (!known) {
            return;
        }
        OpCode code = equal ? OpCode.COMPARE_EQ : OpCode.COMPARE_NE;
        Operand a = operand("a", addressOf(left));
        Operand b = operand("b", addressOf(right));
        Length length = new Length.OfType(left.type());
        path.guard(new Operation.Compare(code, a, b, length, Role.GUARD, span), outcome);
    }

    private boolean guardOperand(Expr operand, Span span) {
        return operand instanceof Expr.PlaceValue value
                ? values.place(value.place(), span)
                        && new Hazards(path.writes(), diagnostics).mayBeGuarded(value.place(), span)
                : values.value(operand, span);
    }

    private Address addressOf(Expr value) {
        return value instanceof Expr.PlaceValue ofPlace ? new Address.OfPlace(ofPlace.place()) : path.cell(value);
    }

    private static Operand operand(String name, Address address) {
        return new Operand(name, address, false);
    }

    private void decide(Expr condition, boolean holds, Outcome outcome, Span span) {
        boolean holdsAlways =
                condition instanceof Expr.Constant constant && ((BoolValue) constant.value()).value() == holds;
        if (!holdsAlways && values.value(condition, span)) {
            Expr decided = holds ? condition : new Expr.Unary(UnaryOperator.NOT, condition, ScalarType.BOOL);
            path.prepare(new Step.Decide(decided, outcome));
        }
    }

    private void store(Stmt.Store store) {
        if (!values.place(store.place(), store.span())) {
            return;
        }
        Expr value = SameBytes.of(store.value());
        boolean known = value instanceof Expr.PlaceValue source
                ? values.place(source.place(), store.span())
                : values.value(value, store.span());
        if (known) {
            path.write(new Operation.Copy(
                    operand("dst", new Address.OfPlace(store.place())),
                    operand("src", addressOf(value)),
                    new Length.OfType(store.place().type()),
                    Role.WRITE,
                    store.span()));
        }
    }

    private void update(Stmt.Update update) {
        Place place = update.place();
        ScalarType type = (ScalarType) place.type();
        boolean known = values.place(place, update.span()) && values.value(update.value(), update.span());
        if (!known || !needsNoOldValue(update, type)) {
            return;
        }
        if (update.operator().group() == Group.SHIFT && !(update.value() instanceof Expr.Constant)) {
            path.check(new RangeCheck.ShiftCount(update.value(), type));
        }
        path.write(operation(update, new Length.OfType(type)));
    }

    private boolean needsNoOldValue(Stmt.Update update, ScalarType type) {
        if (type.isFloat()) {
            values.reportNoMeaning(
                    update.span(), "`" + update.operator().symbol() + "=` on a float has no meaning yet");
            return false;
        }
        if (update.operator() == BinaryOperator.SHIFT_RIGHT && type.isSigned()) {
            values.reportNoMeaning(update.span(), "`>>=` on a signed integer has no meaning yet");
            return false;
        }
        return true;
    }

    private static Operation operation(Stmt.Update update, Length length) {
        Operand p = operand("p", new Address.OfPlace(update.place()));
        Expr value = update.value();
        Span span = update.span();
        return switch (update.operator()) {
            case ADD -> new Operation.Add(p, Widths.count(value, false), length, Role.WRITE, span);
            case SUBTRACT -> new Operation.Add(p, Widths.count(value, true), length, Role.WRITE, span);
            case OR -> new Operation.Bitwise(OpCode.OR, p, Widths.mask(value), length, Role.WRITE, span);
            case AND -> new Operation.Bitwise(OpCode.AND, p, Widths.mask(value), length, Role.WRITE, span);
            case XOR -> new Operation.Bitwise(OpCode.XOR, p, Widths.mask(value), length, Role.WRITE, span);
            case SHIFT_LEFT -> new Operation.Shift(OpCode.LSHIFT, p, Widths.bits(value), length, Role.WRITE, span);
            case SHIFT_RIGHT -> new Operation.Shift(OpCode.RSHIFT, p, Widths.bits(value), length, Role.WRITE, span);
            default -> throw new IllegalStateException("no operation for " + update.operator());
        };
    }

    private void memcpy(Stmt.Memcpy memcpy) {
        addresses.length(memcpy.length());
        boolean known = addresses.address(memcpy.dst(), memcpy.length(), memcpy.span())
                && addresses.address(memcpy.src(), memcpy.length(), memcpy.span());
        if (known) {
            path.write(new Operation.Copy(
                    operand("dst", memcpy.dst()),
                    operand("src", memcpy.src()),
                    memcpy.length(),
                    Role.WRITE,
                    memcpy.span()));
        }
    }
}
