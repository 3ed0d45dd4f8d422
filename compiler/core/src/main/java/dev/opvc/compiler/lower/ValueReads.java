// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Address;

import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.Subexpressions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The places that some statements read as values somewhere: it computes with them, names them, or finds its way by them. A
 * condition on such a place is decided on the value; any other can be left to a comparison in the vector.
 */
final class ValueReads {
    private final Set<Place> places = new HashSet<>();

    private ValueReads() {}

    static Set<Place> of(List<Stmt> body) {
        ValueReads reads = new ValueReads();
        reads.statements(body);
        return reads.places;
    }

    private void statements(List<Stmt> body) {
        for (Stmt statement : body) {
            if (statement instanceof Stmt.Let let) {
                value(let.binding().value());
            } else if (statement instanceof Stmt.Require require) {
                condition(require.condition(), true);
            } else if (statement instanceof Stmt.Guarded guarded) {
                condition(guarded.condition(), true);
                statements(guarded.body());
            } else if (statement instanceof Stmt.Choice choice) {
                value(choice.condition());
                statements(choice.then());
                statements(choice.otherwise());
            } else if (statement instanceof Stmt.Store store) {
                address(store.place());
                copied(store.value());
            } else if (statement instanceof Stmt.Update update) {
                address(update.place());
                value(update.value());
            } else if (statement instanceof Stmt.AssignResult assign) {
                copied(assign.value());
            } else if (statement instanceof Stmt.Memcpy memcpy) {
                address(memcpy.dst());
                address(memcpy.src());
            } else if (statement instanceof Stmt.Raw raw) {
                raw(raw);
            }
        }
    }

    /** A condition that is a comparison of the vector does not read its sides as values. */
    private void condition(Expr condition, boolean holds) {
        if (condition instanceof Expr.Unary unary && unary.operator() == UnaryOperator.NOT) {
            condition(unary.operand(), !holds);
        } else if (condition instanceof Expr.Logical logical && logical.operator() == Guards.joining(holds)) {
            condition(logical.left(), holds);
            condition(logical.right(), holds);
        } else if (condition instanceof Expr.Comparison comparison && Guards.canCompare(comparison)) {
            copied(comparison.left());
            copied(comparison.right());
        } else {
            value(condition);
        }
    }

    /** What is only copied or compared is no value, but the way to it may need some. */
    private void copied(Expr value) {
        if (SameBytes.of(value) instanceof Expr.PlaceValue place) {
            address(place.place());
        } else {
            value(value);
        }
    }

    private void raw(Stmt.Raw raw) {
        raw.addresses().forEach(each -> address(each.address()));
        if (raw.value() != null) {
            value(raw.value());
        }
    }

    private void address(Address address) {
        if (!(address instanceof Address.OfCell)) {
            Subexpressions.of(address).forEach(this::value);
        }
    }

    private void address(Place place) {
        Subexpressions.of(place).forEach(this::value);
    }

    private void value(Expr expr) {
        if (expr instanceof Expr.PlaceValue place) {
            places.add(place.place());
        }
        for (Expr part : Subexpressions.of(expr)) {
            value(part);
        }
    }
}
