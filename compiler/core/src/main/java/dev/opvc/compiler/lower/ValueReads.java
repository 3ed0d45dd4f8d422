// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.Stmt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The places that some statements read as values somewhere: it computes with them, names them, or finds its way by them. A
 * condition on such a place is decided on the value; any other can be left to a comparison in the vector.
 */
final class ValueReads implements Stmt.Cases<List<Expr>> {
    private final Set<PlaceExpr> places = new HashSet<>();

    private ValueReads() {}

    static Set<PlaceExpr> of(List<Stmt> body) {
        ValueReads reads = new ValueReads();
        reads.statements(body);
        return reads.places;
    }

    private void statements(List<Stmt> body) {
        body.forEach(statement -> statement.match(this).forEach(this::value));
    }

    private void value(Expr expr) {
        if (expr instanceof Expr.PlaceValue place) {
            places.add(place.place());
        }
        for (Expr part : expr.parts()) {
            value(part);
        }
    }

    @Override
    public List<Expr> let(Stmt.Let let) {
        return List.of(let.value());
    }

    @Override
    public List<Expr> require(Stmt.Require require) {
        return condition(require.condition());
    }

    @Override
    public List<Expr> guarded(Stmt.Guarded guarded) {
        statements(guarded.body());
        return condition(guarded.condition());
    }

    @Override
    public List<Expr> choice(Stmt.Choice choice) {
        statements(choice.then());
        statements(choice.otherwise());
        return List.of(choice.condition());
    }

    @Override
    public List<Expr> store(Stmt.Store store) {
        return joined(store.place().parts(), copied(store.value()));
    }

    @Override
    public List<Expr> update(Stmt.Update update) {
        return joined(update.place().parts(), List.of(update.value()));
    }

    @Override
    public List<Expr> reset(Stmt.Reset reset) {
        return reset.place().parts();
    }

    @Override
    public List<Expr> assignResult(Stmt.AssignResult assign) {
        return copied(assign.value());
    }

    @Override
    public List<Expr> memcpy(Stmt.Memcpy memcpy) {
        return joined(
                memcpy.length().parts(),
                joined(memcpy.dst().parts(), memcpy.src().parts()));
    }

    @Override
    public List<Expr> barrier(Stmt.Barrier barrier) {
        return List.of();
    }

    @Override
    public List<Expr> raw(Stmt.Raw raw) {
        List<Expr> values = new ArrayList<>();
        raw.addresses().forEach(each -> values.addAll(each.address().parts()));
        Optional.ofNullable(raw.value()).ifPresent(values::add);
        return values;
    }

    /** A condition that is a comparison of the vector does not read its sides as values. */
    private static List<Expr> condition(Expr condition) {
        List<Expr> values = new ArrayList<>();
        for (Expr part : Conjunction.of(condition)) {
            if (Guards.inner(part) instanceof Expr.Comparison comparison && Guards.canCompare(comparison)) {
                values.addAll(copied(comparison.left()));
                values.addAll(copied(comparison.right()));
            } else {
                values.add(part);
            }
        }
        return values;
    }

    /** What is only copied or compared is no value, but the way to it may need some. */
    private static List<Expr> copied(Expr value) {
        return BitwiseCopy.source(value) instanceof Expr.PlaceValue place
                ? place.place().parts()
                : List.of(value);
    }

    private static List<Expr> joined(List<Expr> first, List<Expr> second) {
        List<Expr> joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
    }
}
