// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.InitialValue;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Operation.Operand;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Value;
import java.util.List;

/** Lowers what a path stores: each to an operation behind the guards, with what is known of the value that it leaves. */
final class Stores {
    private final PathBuilder path;
    private final ValueLowering values;

    Stores(PathBuilder path, ValueLowering values) {
        this.path = path;
        this.values = values;
    }

    /** An operand; memory behind a pointer that was read may be gone. */
    Operand operand(String name, Address address) {
        return new Operand(name, address, values.reads().isBehindReadPointer(address));
    }

    private Operand operand(String name, Place place) {
        return operand(name, new Address.OfPlace(place));
    }

    void store(Stmt.Store store) {
        Place place = values.place(store.place());
        if (BitwiseCopy.source(store.value()) instanceof Expr.PlaceValue copied) {
            Place source = values.place(copied.place());
            copy(place, operand("src", source), new Write.CopyOf(source), store.span());
        } else {
            store(place, values.value(store.value()), store.span());
        }
    }

    private void store(Place place, Value value, Span span) {
        copy(place, operand("src", path.cell(value)), new Write.Stored(value), span);
    }

    private void copy(Place place, Operand src, Write.Effect effect, Span span) {
        Length length = new Length.OfType(place.type());
        path.write(new Operation.Copy(operand("dst", place), src, length, Role.WRITE, span), effect);
    }

    /** A scalar is stored; the vector copies more than that from memory that holds what it begins with. */
    void reset(Stmt.Reset reset) {
        Place place = values.place(reset.place());
        if (place.initialValue() instanceof InitialValue.OfScalar scalar) {
            store(place, new Value.Constant(scalar.type(), scalar.value()), reset.span());
        } else {
            Operand src = new Operand("src", new Address.OfInitial(List.of(place)), false);
            copy(place, src, new Write.Initial(), reset.span());
        }
    }

    void update(Stmt.Update update) {
        Place place = values.place(update.place());
        Value value = values.value(update.value());
        ScalarType type = (ScalarType) place.type();
        if (!(update.value() instanceof Expr.Constant)) {
            values.checks()
                    .operand(
                            update.operator(),
                            value,
                            type,
                            update.value().origin().span());
        }
        if (hasOperation(update.operator(), type)) {
            path.write(
                    operation(update, operand("p", place), value), new Write.Updated(update.operator(), value, type));
            return;
        }
        Value old = values.reads()
                .value(place, MemoryReads.nameOf(place), update.place().origin().span());
        Value made = new Value.Binary(update.operator(), old, value, type);
        store(place, KnownValues.of(made, update.value().origin()), update.span());
    }

    /** The vector's operations add and shift integers as if they had no sign. */
    private static boolean hasOperation(BinaryOperator operator, ScalarType type) {
        return type.isInteger() && (operator != BinaryOperator.SHIFT_RIGHT || !type.isSigned());
    }

    private static Operation operation(Stmt.Update update, Operand p, Value value) {
        Length length = new Length.OfType(update.place().type());
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

    void copyToResult(Result result, Place source, Span span) {
        Address.OfCell cell = path.ownCell(Value.Constant.zero(result.type()));
        Length length = new Length.OfType(result.type());
        path.write(
                new Operation.Copy(operand("dst", cell), operand("src", source), length, Role.READ, span),
                new Write.Unknown());
        path.result(new ResultValue.Copied(result, cell));
    }
}
