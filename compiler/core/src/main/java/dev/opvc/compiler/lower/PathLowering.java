// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Address;

import dev.opvc.compiler.language.BinaryOperator;
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
import dev.opvc.compiler.model.ZeroValues;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Operation.Operand;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Role;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lowers the statements of a path: what they read and decide becomes its preparation, with guards and validations that
 * stand first in the vector, and what they store follows in the order written. Where the path parts, each way is
 * lowered by itself, to its end.
 */
final class PathLowering {
    private final TransactionLowering transaction;
    private final Diagnostics diagnostics;
    private final PathBuilder path;
    private final Route route;
    private final ValueLowering values;
    private final AddressLowering addresses;
    private final Set<Place> valueReads;
    private final Guards guards;

    /**
     * @param path what the path has so far
     * @param route the statements that it has still to take, and those that it has taken
     */
    PathLowering(TransactionLowering transaction, PathBuilder path, Route route) {
        this.transaction = transaction;
        this.diagnostics = transaction.diagnostics();
        this.path = path;
        this.route = route;
        this.values = new ValueLowering(path, diagnostics);
        this.addresses = new AddressLowering(path, values, diagnostics);
        this.valueReads = ValueReads.of(route.statements());
        this.guards = new Guards(path, values, valueReads);
    }

    /** Lowers what the path has still to take. */
    Block lower() {
        while (route.hasNext()) {
            Stmt statement = route.next();
            if (statement instanceof Stmt.Choice choice) {
                Block parted = choose(choice);
                if (parted != null) {
                    return parted;
                }
            } else {
                statement(statement);
            }
            Optional<PathBuilder.Parting> parting = path.parting();
            if (parting.isPresent()) {
                return part(statement, parting.get());
            }
        }
        transaction.endPath(route, path);
        return path.commit();
    }

    /** Both ways take the statement again, and know then which way its condition went. */
    private Block part(Stmt statement, PathBuilder.Parting parting) {
        Expr.Logical logical = parting.logical();
        PathBuilder holds = path.branch();
        holds.decide(logical, true);
        PathBuilder fails = path.branch();
        fails.decide(logical, false);
        String written = written(sides(logical).left());
        return path.choose(new Block.Choice(
                parting.left(),
                written,
                transaction.lower(holds, route.again(statement, written)),
                transaction.lower(fails, route.again(statement, Block.Choice.not(written)))));
    }

    /** Null if the path does not part, because the condition is known, or has no value. */
    private @Nullable Block choose(Stmt.Choice choice) {
        Expr condition = values.value(choice.condition(), choice.span());
        if (condition == null) {
            return null;
        }
        if (condition instanceof Expr.Constant constant) {
            route.take(ValueLowering.isTrue(constant) ? choice.then() : choice.otherwise());
            return null;
        }
        String written = written(undecided(choice));
        return path.choose(new Block.Choice(
                condition,
                written,
                transaction.lower(path.branch(), route.branch(choice.then(), written)),
                transaction.lower(path.branch(), route.branch(choice.otherwise(), Block.Choice.not(written)))));
    }

    /** The part of a condition that is still open where its left side was decided. */
    private Span undecided(Stmt.Choice choice) {
        Expr condition = choice.condition();
        Span span = choice.written();
        while (condition instanceof Expr.Logical logical
                && path.decided(logical).isPresent()) {
            condition = logical.right();
            span = sides(logical).right();
        }
        return span;
    }

    /** Only expressions that have been lowered are not from the source. */
    private static Expr.Sides sides(Expr.Logical logical) {
        return Objects.requireNonNull(logical.written());
    }

    /** As it is in the source, on one line. */
    private static String written(Span span) {
        return span.text().replaceAll("\\s+", " ");
    }

    private void statement(Stmt statement) {
        if (statement instanceof Stmt.Let let) {
            let(let);
        } else if (statement instanceof Stmt.Require require) {
            guards.condition(require.condition(), require.outcome(), require.span());
        } else if (statement instanceof Stmt.Guarded guarded) {
            guarded(guarded);
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

    private void guarded(Stmt.Guarded guarded) {
        guards.condition(guarded.condition(), guarded.outcome(), guarded.span());
        if (path.parting().isEmpty()) {
            route.take(guarded.body());
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
        if (!(update.value() instanceof Expr.Constant)) {
            OperatorChecks.of(update.operator(), value, type).ifPresent(path::check);
        }
        if (hasOperation(update.operator(), type)) {
            path.write(
                    operation(update, operand("p", place), value), new Write.Updated(update.operator(), value, type));
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
            Write.Effect effect =
                    memcpy.length() instanceof Length.OfParameter ? new Write.Unknown() : new Write.CopyOfBytes(src);
            path.write(
                    new Operation.Copy(
                            operand("dst", dst), operand("src", src), memcpy.length(), Role.WRITE, memcpy.span()),
                    effect);
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
        if (SameBytes.of(assign.value()) instanceof Expr.PlaceValue value) {
            Place source = values.place(value.place(), assign.span());
            boolean isRead = valueReads.contains(value.place());
            if (source == null || !isRead || !values.reads().isCertain(source)) {
                copyToResult(result, source, assign.span());
                return;
            }
        }
        Expr value = values.value(assign.value(), assign.span());
        if (value != null) {
            path.result(new ResultValue.Computed(result, value));
        }
    }

    private void copyToResult(Result result, @Nullable Place source, Span span) {
        if (source == null) {
            return;
        }
        Address.OfCell cell = path.ownCell(ZeroValues.of(result.type()));
        path.write(
                new Operation.Copy(
                        operand("dst", cell),
                        operand("src", source),
                        new Length.OfType(result.type()),
                        Role.READ,
                        span),
                new Write.Unknown());
        path.result(new ResultValue.Copied(result, cell));
    }
}
