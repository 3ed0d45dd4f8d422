// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lowers the statements of a path: what they read and decide becomes its preparation, with guards and validations that
 * stand first in the vector, and what they store follows in the order written. Where the path splits, each branch is
 * lowered by itself, to its end.
 *
 * <p>A statement's case gives the block that ends with it, where the path splits there.
 */
final class PathLowering implements Stmt.Cases<Optional<Block>> {
    private static final Optional<Block> GOES_ON = Optional.empty();

    private final TransactionLowering transaction;
    private final Diagnostics diagnostics;
    private final PathBuilder path;
    private final Cursor cursor;
    private final ValueLowering values;
    private final AddressLowering addresses;
    private final Set<PlaceExpr> valueReads;
    private final Guards guards;
    private final Stores stores;
    private final Splitter splitter;

    /**
     * @param path what the path has so far
     * @param cursor the statements that it has still to take, and those that it has taken
     */
    PathLowering(TransactionLowering transaction, PathBuilder path, Cursor cursor) {
        this.transaction = transaction;
        this.diagnostics = transaction.diagnostics();
        this.path = path;
        this.cursor = cursor;
        this.values = new ValueLowering(path, diagnostics);
        this.addresses = new AddressLowering(path, values, diagnostics);
        this.valueReads = ValueReads.of(cursor.statements());
        this.guards = new Guards(path, values, valueReads);
        this.stores = new Stores(path, values);
        this.splitter = new Splitter(new Laziness(values.reads()));
    }

    /** Lowers what the path has still to take. */
    Block lower() {
        while (cursor.hasNext()) {
            Stmt statement = cursor.next();
            Optional<List<Stmt>> split = splitter.split(statement);
            split.ifPresent(cursor::insert);
            Optional<Block> end = split.isPresent() ? GOES_ON : statement.match(this);
            if (end.isPresent()) {
                return end.get();
            }
        }
        transaction.endPath(cursor, path);
        return path.commit();
    }

    @Override
    public Optional<Block> choice(Stmt.Choice choice) {
        Value condition = values.value(choice.condition());
        if (condition instanceof Value.Constant constant) {
            cursor.insert(ValueLowering.isTrue(constant) ? choice.then() : choice.otherwise());
            return GOES_ON;
        }
        String written = written(choice.written());
        Block then = transaction.lower(path.branch(), cursor.branch(choice.then(), written));
        Block otherwise =
                transaction.lower(path.branch(), cursor.branch(choice.otherwise(), Block.Choice.not(written)));
        return Optional.of(path.choose(new Block.Choice(condition, written, then, otherwise)));
    }

    /** As it is in the source, on one line. */
    private static String written(Span span) {
        return span.text().replaceAll("\\s+", " ");
    }

    @Override
    public Optional<Block> let(Stmt.Let let) {
        path.bind(let.binding(), named(let));
        return GOES_ON;
    }

    /** What is read for a binding is known by the binding's name. */
    private Value named(Stmt.Let let) {
        return let.value() instanceof Expr.PlaceValue read
                ? values.reads().value(values.place(read.place()), let.binding().name(), read.span())
                : values.value(let.value());
    }

    @Override
    public Optional<Block> require(Stmt.Require require) {
        guards.condition(require.condition(), require.outcome());
        return GOES_ON;
    }

    @Override
    public Optional<Block> guarded(Stmt.Guarded guarded) {
        throw new IllegalStateException("has been split");
    }

    @Override
    public Optional<Block> raw(Stmt.Raw raw) {
        throw new IllegalStateException("a transaction has no raw operations");
    }

    @Override
    public Optional<Block> store(Stmt.Store store) {
        if (store.release()) {
            path.write(new Operation.Barrier(true, store.span()), new Write.Unknown());
        }
        stores.store(store);
        return GOES_ON;
    }

    @Override
    public Optional<Block> update(Stmt.Update update) {
        stores.update(update);
        return GOES_ON;
    }

    @Override
    public Optional<Block> reset(Stmt.Reset reset) {
        stores.reset(reset);
        return GOES_ON;
    }

    @Override
    public Optional<Block> barrier(Stmt.Barrier barrier) {
        path.write(new Operation.Barrier(false, barrier.span()), new Write.Unknown());
        return GOES_ON;
    }

    @Override
    public Optional<Block> memcpy(Stmt.Memcpy memcpy) {
        Length length = addresses.length(memcpy.length());
        Address dst = addresses.address(memcpy.dst(), length);
        Address src = addresses.address(memcpy.src(), length);
        Write.Effect effect = length.isKnown() ? new Write.CopyOfBytes(src) : new Write.Unknown();
        path.write(
                new Operation.Copy(
                        stores.operand("dst", dst), stores.operand("src", src), length, Role.WRITE, memcpy.span()),
                effect);
        return GOES_ON;
    }

    /** A place that is not read as a value anyway is copied by the vector, which then needs not be validated. */
    @Override
    public Optional<Block> assignResult(Stmt.AssignResult assign) {
        Result result = assign.result();
        if (path.hasResult(result)) {
            diagnostics.report(Diagnostic.at(
                            assign.span(),
                            DiagnosticCode.RESULT_ASSIGNMENT,
                            "the result `" + result.name() + "` has been assigned already")
                    .help("assign it once"));
            return GOES_ON;
        }
        if (BitwiseCopy.source(assign.value()) instanceof Expr.PlaceValue value) {
            Place source = values.place(value.place());
            if (!valueReads.contains(value.place()) || !values.reads().isCertain(source)) {
                stores.copyToResult(result, source, assign.span());
                return GOES_ON;
            }
        }
        path.result(new ResultValue.Computed(result, values.value(assign.value())));
        return GOES_ON;
    }
}
