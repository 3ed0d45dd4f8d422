// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Stmt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Where a path stands in the statements of its transaction: those that it has taken, and those that are ahead. */
final class Cursor {
    private final List<String> when = new ArrayList<>();
    private final List<Stmt> taken = new ArrayList<>();
    private final Deque<Stmt> ahead = new ArrayDeque<>();

    private Cursor() {}

    /** Before the first statement. */
    static Cursor before(List<Stmt> body) {
        Cursor cursor = new Cursor();
        cursor.ahead.addAll(body);
        return cursor;
    }

    /** A cursor of its own from here on, that takes these statements first, because a condition holds. */
    Cursor branch(List<Stmt> first, String condition) {
        Cursor branch = new Cursor();
        branch.when.addAll(when);
        branch.when.add(condition);
        branch.taken.addAll(taken);
        branch.ahead.addAll(ahead);
        branch.insert(first);
        return branch;
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
    void insert(List<Stmt> first) {
        for (int i = first.size() - 1; i >= 0; i--) {
            ahead.addFirst(first.get(i));
        }
    }

    /** All statements that the path may lead past: of a choice that was made only the condition and the branch taken. */
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

    /** The conditions that chose the path, as written; empty if there was no choice. */
    String when() {
        return String.join(" && ", when);
    }
}
