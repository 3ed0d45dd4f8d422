// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes choices of what a statement decides on the way: {@code &&} or {@code ||} whose right side may only be evaluated
 * where the left one does not decide. From model to model, so that lowering sees each statement once and evaluates all
 * that stands in it. Also takes conditions apart that hold just if each of several does.
 */
final class Splitter implements Stmt.Cases<Optional<List<Stmt>>> {
    private final Laziness laziness;

    Splitter(Laziness laziness) {
        this.laziness = laziness;
    }

    /** The statements that mean the same, each of which may have to be split further; empty if there is nothing to split. */
    Optional<List<Stmt>> split(Stmt statement) {
        return statement.match(this);
    }

    @Override
    public Optional<List<Stmt>> store(Stmt.Store store) {
        return split(
                store,
                List.of(new Expr.PlaceValue(store.place(), store.place().origin()), store.value()),
                with -> new Stmt.Store(
                        with.place(store.place()), with.expr(store.value()), store.release(), store.span()));
    }

    @Override
    public Optional<List<Stmt>> update(Stmt.Update update) {
        return split(
                update,
                List.of(new Expr.PlaceValue(update.place(), update.place().origin()), update.value()),
                with -> new Stmt.Update(
                        with.place(update.place()), update.operator(), with.expr(update.value()), update.span()));
    }

    @Override
    public Optional<List<Stmt>> reset(Stmt.Reset reset) {
        return split(
                reset,
                List.of(new Expr.PlaceValue(reset.place(), reset.place().origin())),
                with -> new Stmt.Reset(with.place(reset.place()), reset.span()));
    }

    @Override
    public Optional<List<Stmt>> memcpy(Stmt.Memcpy memcpy) {
        List<Expr> evaluated = new ArrayList<>(memcpy.length().parts());
        evaluated.addAll(memcpy.dst().parts());
        evaluated.addAll(memcpy.src().parts());
        return split(
                memcpy,
                evaluated,
                with -> new Stmt.Memcpy(
                        with.address(memcpy.dst()),
                        with.address(memcpy.src()),
                        with.count(memcpy.length()),
                        memcpy.span()));
    }

    @Override
    public Optional<List<Stmt>> assignResult(Stmt.AssignResult assign) {
        return split(
                assign,
                List.of(assign.value()),
                with -> new Stmt.AssignResult(assign.result(), with.expr(assign.value()), assign.span()));
    }

    @Override
    public Optional<List<Stmt>> barrier(Stmt.Barrier barrier) {
        return Optional.empty();
    }

    @Override
    public Optional<List<Stmt>> let(Stmt.Let let) {
        return split(
                let, List.of(let.value()), with -> new Stmt.Let(let.binding(), with.expr(let.value()), let.span()));
    }

    /** Where a part has to be split, each part is a condition of its own: what stands before it decides first. */
    @Override
    public Optional<List<Stmt>> require(Stmt.Require require) {
        List<Expr> parts = Conjunction.of(require.condition());
        if (parts.size() == 1) {
            return split(
                    require,
                    parts,
                    with -> new Stmt.Require(with.expr(parts.get(0)), require.outcome(), require.span()));
        }
        return firstLazy(parts).isEmpty()
                ? Optional.empty()
                : Optional.of(parts.stream()
                        .<Stmt>map(part -> new Stmt.Require(part, require.outcome(), require.span()))
                        .toList());
    }

    @Override
    public Optional<List<Stmt>> guarded(Stmt.Guarded guarded) {
        List<Stmt> statements = new ArrayList<>();
        statements.add(new Stmt.Require(guarded.condition(), guarded.outcome(), guarded.span()));
        statements.addAll(guarded.body());
        return Optional.of(statements);
    }

    @Override
    public Optional<List<Stmt>> choice(Stmt.Choice choice) {
        Optional<Expr.Logical> lazy = firstLazy(List.of(choice.condition()));
        // Where the left side does not decide, only the right one is still open.
        Span open = lazy.filter(logical -> logical == choice.condition())
                .map(logical -> logical.written().right())
                .orElse(choice.written());
        return split(
                choice,
                List.of(choice.condition()),
                with -> new Stmt.Choice(
                        with.expr(choice.condition()), choice.then(), choice.otherwise(), open, choice.span()));
    }

    /** A raw vector decides nothing before it runs. */
    @Override
    public Optional<List<Stmt>> raw(Stmt.Raw raw) {
        return Optional.empty();
    }

    /**
     * Splits a statement at the first operator that has to be lazy.
     *
     * @param evaluated its expressions, in the order in which they are evaluated
     * @param rebuilt the statement with a replacement in its expressions
     */
    private Optional<List<Stmt>> split(Stmt statement, List<Expr> evaluated, Function<Replacement, Stmt> rebuilt) {
        Optional<Expr.Logical> lazy = firstLazy(evaluated);
        if (lazy.isEmpty()) {
            return Optional.empty();
        }
        Expr.Logical logical = lazy.get();
        boolean and = logical.operator() == BinaryOperator.LOGICAL_AND;
        Stmt undecided = rebuilt.apply(new Replacement(logical, logical.right()));
        Expr decision = new Expr.Constant(ScalarType.BOOL, new ConstantValue.BoolValue(!and), logical.origin());
        Stmt decided = rebuilt.apply(new Replacement(logical, decision));
        Stmt choice = new Stmt.Choice(
                logical.left(),
                List.of(and ? undecided : decided),
                List.of(and ? decided : undecided),
                logical.written().left(),
                statement.span());
        return Optional.of(List.of(choice));
    }

    private Optional<Expr.Logical> firstLazy(List<Expr> evaluated) {
        for (Expr expr : evaluated) {
            Optional<Expr.Logical> lazy = firstLazy(expr);
            if (lazy.isPresent()) {
                return lazy;
            }
        }
        return Optional.empty();
    }

    private Optional<Expr.Logical> firstLazy(Expr expr) {
        if (!(expr instanceof Expr.Logical logical)) {
            return firstLazy(expr.parts());
        }
        Optional<Expr.Logical> inLeft = firstLazy(logical.left());
        boolean lazy = inLeft.isEmpty() && !laziness.canBeEager(logical.right());
        return lazy ? Optional.of(logical) : inLeft;
    }
}
