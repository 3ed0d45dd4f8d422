// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Statement;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Stmt;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Gives names within a unit. */
final class BindingChecker {
    private final Definitions definitions;
    private final Diagnostics diagnostics;
    private final Names names;

    BindingChecker(Definitions definitions, Diagnostics diagnostics) {
        this.definitions = definitions;
        this.diagnostics = diagnostics;
        this.names = new Names(diagnostics);
    }

    /** Whether a name is free; a report if not. */
    boolean isFree(Identifier name, Scope scope) {
        Optional<Scope.Local> taken = scope.find(name.text());
        if (taken.isPresent()) {
            diagnostics.report(Diagnostic.at(
                            name.span(), DiagnosticCode.DUPLICATE_NAME, "`" + name + "` has a meaning here already")
                    .note(taken.get().identifier().span(), "defined here")
                    .help("choose another name"));
            return false;
        }
        if (definitions.hasConstant(name.text()) || definitions.hasTable(name.text())) {
            diagnostics.report(Diagnostic.at(
                            name.span(), DiagnosticCode.DUPLICATE_NAME, "`" + name + "` is the name of a constant")
                    .help("choose another name"));
            return false;
        }
        return true;
    }

    /** Defines a name, as what it stands for or as in error; empty if it is in error, or has a meaning already. */
    <T> Optional<T> define(Optional<T> meaning, Function<T, Scope.Local> local, Identifier name, Scope scope) {
        if (!isFree(name, scope)) {
            return Optional.empty();
        }
        scope.define(meaning.map(local).orElse(new Scope.Local.Poisoned(name)));
        return meaning;
    }

    /** Names a value. A constant becomes no statement: it stands where the name is used. Empty if it is in error. */
    Optional<List<Stmt>> let(Statement.Let let, Scope scope, ExpressionChecker expressions) {
        names.value(let.name());
        Scope.Local local = expressions.infer(let.value()).match(new Locals(let));
        if (!isFree(let.name(), scope)) {
            return Optional.empty();
        }
        scope.define(local);
        if (local instanceof Scope.Local.OfBinding ofBinding) {
            Binding binding = ofBinding.binding();
            return Optional.of(List.of(new Stmt.Let(binding, binding.value(), let.span())));
        }
        return local instanceof Scope.Local.Poisoned ? Optional.empty() : Optional.of(List.of());
    }

    /** What the name of each kind of value stands for. */
    private final class Locals implements Operand.Cases<Scope.Local> {
        private final Statement.Let let;

        Locals(Statement.Let let) {
            this.let = let;
        }

        @Override
        public Scope.Local literal(Operand.Literal literal) {
            return new Scope.Local.OfLiteral(let.name(), literal.value());
        }

        @Override
        public Scope.Local typed(Operand.Typed typed) {
            Expr value = typed.expr();
            if (value instanceof Expr.Constant constant && value.type() instanceof ScalarType) {
                return new Scope.Local.OfConstant(let.name(), constant);
            }
            if (value.type().isValue()) {
                return new Scope.Local.OfBinding(new Binding(let.name(), value));
            }
            diagnostics.report(Diagnostic.at(
                            let.value().span(),
                            DiagnosticCode.BAD_TYPE,
                            "a binding holds a number, a truth value or a pointer, not `" + value.type() + "`")
                    .help("assign it to a place, whole"));
            return new Scope.Local.Poisoned(let.name());
        }

        @Override
        public Scope.Local erroneous(Operand.Erroneous erroneous) {
            return new Scope.Local.Poisoned(let.name());
        }
    }
}
