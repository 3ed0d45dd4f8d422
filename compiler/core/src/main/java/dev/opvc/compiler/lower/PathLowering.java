// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.ast.BinaryOperator;
import dev.opvc.compiler.ast.BinaryOperator.Group;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.UnitDefinition;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Operation.Operand;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.VectorPath;
import java.util.Set;

/**
 * Lowers the statements of a transaction: what they read and decide becomes its preparation, with guards and
 * validations that stand first in the vector, and what they store follows in the order written.
 */
final class PathLowering {
    private final PathBuilder path = new PathBuilder();
    private final Diagnostics diagnostics;
    private final ValueLowering values;
    private final AddressLowering addresses;
    private final Set<Place> valueReads;
    private final Guards guards;
    private final UnitDefinition unit;

    PathLowering(UnitDefinition unit, Diagnostics diagnostics) {
        this.unit = unit;
        this.diagnostics = diagnostics;
        this.values = new ValueLowering(path, diagnostics);
        this.addresses = new AddressLowering(path, values, diagnostics);
        this.valueReads = ValueReads.of(unit.body());
        this.guards = new Guards(path, values, valueReads);
    }

    VectorPath lower() {
        int errorsBefore = diagnostics.errorCount();
        unit.body().forEach(this::statement);
        if (diagnostics.errorCount() == errorsBefore) {
            unit.results().forEach(this::checkAssigned);
        }
        return path.build();
    }

    private void statement(Stmt statement) {
        if (statement instanceof Stmt.Let let) {
            let(let);
        } else if (statement instanceof Stmt.Require require) {
            guards.condition(require.condition(), require.outcome(), require.span());
        } else if (statement instanceof Stmt.Guarded guarded) {
            guards.condition(guarded.condition(), guarded.outcome(), guarded.span());
            guarded.body().forEach(this::statement);
        } else if (statement instanceof Stmt.Choice choice) {
            reportChoice(choice);
        } else if (statement instanceof Stmt.Store store) {
            store(store);
        } else if (statement instanceof Stmt.Update update) {
            update(update);
        } else if (statement instanceof Stmt.Memcpy memcpy) {
            memcpy(memcpy);
        } else if (statement instanceof Stmt.AssignResult assign) {
            assign(assign);
        } else {
            path.write(new Operation.Barrier(statement.span()), new Write.Unknown());
        }
    }

    private void let(Stmt.Let let) {
        Expr written = let.binding().value();
        Expr value = null;
        if (written instanceof Expr.PlaceValue place) {
            Place resolved = values.place(place.place(), let.span());
            if (resolved != null) {
                value = values.reads().value(resolved, let.binding().name(), let.span());
            }
        } else {
            value = values.value(written, let.span());
        }
        if (value != null) {
            path.bind(let.binding(), value);
        }
    }

    private void reportChoice(Stmt.Choice choice) {
        diagnostics.report(Diagnostic.at(choice.head(), DiagnosticCode.NO_MEANING_YET, "`if … else` has no meaning yet")
                .help("write two transactions, and choose between them before the call"));
    }

    private Operand operand(String name, Address address) {
        return new Operand(name, address, values.reads().isBehindReadPointer(address));
    }

    private Operand operand(String name, Place place) {
        return operand(name, new Address.OfPlace(place));
    }

    private void store(Stmt.Store store) {
        Place place = values.place(store.place(), store.span());
        if (place == null) {
            return;
        }
        Expr value = SameBytes.of(store.value());
        if (value instanceof Expr.PlaceValue ofPlace) {
            Place source = values.place(ofPlace.place(), store.span());
            if (source != null) {
                copy(operand("dst", place), operand("src", source), place, new Write.CopyOf(source), store.span());
            }
            return;
        }
        Expr known = values.value(value, store.span());
        if (known != null) {
            storeValue(place, known, store.span());
        }
    }

    private void storeValue(Place place, Expr value, Span span) {
        copy(operand("dst", place), operand("src", path.cell(value)), place, new Write.Stored(value), span);
    }

    private void copy(Operand dst, Operand src, Place place, Write.Effect effect, Span span) {
        path.write(new Operation.Copy(dst, src, new Length.OfType(place.type()), Role.WRITE, span), effect);
    }

    private void update(Stmt.Update update) {
        Place place = values.place(update.place(), update.span());
        Expr value = values.value(update.value(), update.span());
        if (place == null || value == null) {
            return;
        }
        ScalarType type = (ScalarType) place.type();
        if (update.operator().group() == Group.SHIFT && !(update.value() instanceof Expr.Constant)) {
            path.check(new RangeCheck.ShiftCount(value, type));
        }
        if (hasOperation(update.operator(), type)) {
            path.write(operation(update, operand("p", place), value), new Write.Updated(update.operator(), value));
            return;
        }
        Expr old = values.reads().value(place, MemoryReads.nameOf(place), update.span());
        if (old != null) {
            storeValue(place, new Expr.Binary(update.operator(), old, value, type), update.span());
        }
    }

    /** The vector's operations add and shift integers as if they had no sign. */
    private static boolean hasOperation(BinaryOperator operator, ScalarType type) {
        return type.isInteger() && (operator != BinaryOperator.SHIFT_RIGHT || !type.isSigned());
    }

    private static Operation operation(Stmt.Update update, Operand p, Expr value) {
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

    private void memcpy(Stmt.Memcpy memcpy) {
        addresses.length(memcpy.length());
        Address dst = addresses.address(memcpy.dst(), memcpy.length(), memcpy.span());
        Address src = addresses.address(memcpy.src(), memcpy.length(), memcpy.span());
        if (dst != null && src != null) {
            path.write(
                    new Operation.Copy(
                            operand("dst", dst), operand("src", src), memcpy.length(), Role.WRITE, memcpy.span()),
                    new Write.Unknown());
        }
    }

    /** A place that is not read as a value anyway is copied by the vector, which then needs not be validated. */
    private void assign(Stmt.AssignResult assign) {
        Result result = assign.result();
        if (path.hasResult(result)) {
            diagnostics.report(Diagnostic.at(
                            assign.span(),
                            DiagnosticCode.RESULT_ASSIGNMENT,
                            "the result `" + result.name() + "` has been assigned already")
                    .help("assign it once"));
            return;
        }
        if (SameBytes.of(assign.value()) instanceof Expr.PlaceValue value && !valueReads.contains(value.place())) {
            Place source = values.place(value.place(), assign.span());
            if (source != null) {
                Address.OfCell cell = path.ownCell(ZeroValues.of(result.type()));
                path.write(
                        new Operation.Copy(
                                operand("dst", cell),
                                operand("src", source),
                                new Length.OfType(result.type()),
                                Role.READ,
                                assign.span()),
                        new Write.Unknown());
                path.result(new ResultValue.Copied(result, cell));
            }
            return;
        }
        Expr value = values.value(assign.value(), assign.span());
        if (value != null) {
            path.result(new ResultValue.Computed(result, value));
        }
    }

    private void checkAssigned(Result result) {
        if (!path.hasResult(result)) {
            diagnostics.report(Diagnostic.at(
                            result.identifier().span(),
                            DiagnosticCode.RESULT_ASSIGNMENT,
                            "the result `" + result.name() + "` is never assigned")
                    .help("assign it once on every path: `" + result.name() + " = …;`"));
        }
    }
}
