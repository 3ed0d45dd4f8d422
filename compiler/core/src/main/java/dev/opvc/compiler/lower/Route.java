// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Stmt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The statements of a path, in order: those that have been lowered, and those that are still to come. */
final class Route {
    private final List<String> when = new ArrayList<>();
    private final List<Stmt> taken = new ArrayList<>();
    private final Deque<Stmt> ahead = new ArrayDeque<>();

    private Route() {}

    /** The only one, before there is a choice. */
    static Route of(List<Stmt> body) {
        Route route = new Route();
        route.ahead.addAll(body);
        return route;
    }

    private Route copy(String condition) {
        Route route = new Route();
        route.when.addAll(when);
        route.when.add(condition);
        route.taken.addAll(taken);
        route.ahead.addAll(ahead);
        return route;
    }

    /** The route from here that takes these statements first, because a condition holds. */
    Route branch(List<Stmt> first, String condition) {
        Route route = copy(condition);
        route.take(first);
        return route;
    }

    /** The route from here that takes a statement again, because a condition that it depends on holds. */
    Route again(Stmt statement, String condition) {
        return branch(List.of(statement), condition);
    }

    boolean hasNext() {
        return !ahead.isEmpty();
    }

    Stmt next() {
        Stmt next = ahead.removeFirst();
        taken.add(next);
        return next;
    }

    /** Puts statements before those that come next. */
    void take(List<Stmt> first) {
        for (int i = first.size() - 1; i >= 0; i--) {
            ahead.addFirst(first.get(i));
        }
    }

    /** All statements that it may lead past: of a choice that was made only the condition and the branch taken. */
    List<Stmt> statements() {
        List<Stmt> statements = new ArrayList<>();
        for (Stmt statement : taken) {
            statements.add(statement instanceof Stmt.Choice choice ? withoutBranches(choice) : statement);
        }
        statements.addAll(ahead);
        return statements;
    }

    private static Stmt withoutBranches(Stmt.Choice choice) {
        return new Stmt.Choice(choice.condition(), List.of(), List.of(), choice.written(), choice.span());
    }

    /** The conditions that chose it, as written; empty if there was no choice. */
    String when() {
        return String.join(" && ", when);
    }
}
