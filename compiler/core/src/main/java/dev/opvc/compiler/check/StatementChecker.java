// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Declaration.UnitDeclaration;
import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.ast.Statement;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.AddressExpr;
import dev.opvc.compiler.model.ByteCount;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Types the statements of a transaction. */
final class StatementChecker {
    private static final String MEMCPY = "memcpy";
    private static final int MEMCPY_ARGUMENTS = 3;

    private final Definitions definitions;
    private final BindingChecker bindings;
    private final Diagnostics diagnostics;
    private final Names names;
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    /** What `outcomes` lists; empty if it does not stand there. */
    private Set<String> declared = Set.of();

    /** False where a syntax error may have torn blocks apart, so that what stands behind what is not known. */
    private boolean structureKnown = true;

    StatementChecker(Definitions definitions, BindingChecker bindings, Diagnostics diagnostics) {
        this.definitions = definitions;
        this.bindings = bindings;
        this.diagnostics = diagnostics;
        this.names = new Names(diagnostics);
    }

    /** The outcomes that the statements checked so far can end with, by number. */
    List<Outcome> outcomes() {
        return List.copyOf(outcomes.values());
    }

    /** Types the statements of a transaction; empty if one is in error. */
    Optional<List<Stmt>> body(UnitDeclaration unit, Scope scope) {
        structureKnown = !unit.broken();
        return block(unit.body(), scope, true);
    }

    /**
     * Types the statements of a block; empty if one is in error.
     *
     * @param atEnd whether nothing stands behind the block in the blocks around it
     */
    private Optional<List<Stmt>> block(List<Statement> statements, Scope scope, boolean atEnd) {
        List<Optional<List<Stmt>>> checked = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            boolean last = atEnd && i == statements.size() - 1;
            checked.add(statements.get(i).match(new Kinds(scope, last)));
        }
        return InError.flatten(checked);
    }

    /** Types each kind of statement; empty if it is in error. */
    private final class Kinds implements Statement.Cases<Optional<List<Stmt>>> {
        private final Scope scope;
        private final boolean last;
        private final ExpressionChecker expressions;

        Kinds(Scope scope, boolean last) {
            this.scope = scope;
            this.last = last;
            this.expressions = new ExpressionChecker(definitions, scope, diagnostics);
        }

        @Override
        public Optional<List<Stmt>> let(Statement.Let let) {
            return bindings.let(let, scope, expressions);
        }

        @Override
        public Optional<List<Stmt>> require(Statement.Require require) {
            Outcome outcome = outcome(require.outcome(), require.outcome().span());
            return condition(require.condition())
                    .map(known -> List.of(new Stmt.Require(known, outcome, require.span())));
        }

        @Override
        public Optional<List<Stmt>> conditional(Statement.If conditional) {
            Optional<Expr> condition = condition(conditional.condition());
            List<Statement> otherwise = conditional.otherwise();
            if (otherwise == null) {
                return guarded(conditional, condition);
            }
            Optional<List<Stmt>> then = block(conditional.then(), scope.inner(), last);
            Optional<List<Stmt>> other = block(otherwise, scope.inner(), last);
            return condition.isEmpty() || then.isEmpty() || other.isEmpty()
                    ? Optional.empty()
                    : Optional.of(List.of(new Stmt.Choice(
                            condition.get(),
                            then.get(),
                            other.get(),
                            conditional.condition().span(),
                            conditional.span())));
        }

        private Optional<List<Stmt>> guarded(Statement.If conditional, Optional<Expr> condition) {
            if (!last && structureKnown) {
                reportGuardNotLast(conditional);
            }
            Outcome outcome = numbered(Outcome.MISMATCH, conditional.head());
            Optional<List<Stmt>> body = block(conditional.then(), scope.inner(), last);
            return condition.isEmpty()
                    ? Optional.empty()
                    : body.map(known -> List.of(new Stmt.Guarded(condition.get(), outcome, known, conditional.head())));
        }

        private Optional<Expr> condition(Expression expression) {
            Optional<Expr> condition = expressions.condition(expression);
            condition
                    .filter(Expr.Constant.class::isInstance)
                    .ifPresent(constant -> expressions.reportIfConstant(constant, expression.span()));
            return condition;
        }

        @Override
        public Optional<List<Stmt>> barrier(Statement.Barrier barrier) {
            return Optional.of(List.of(new Stmt.Barrier(barrier.span())));
        }

        @Override
        public Optional<List<Stmt>> assign(Statement.Assign assign) {
            return new AssignmentChecker(scope, expressions, diagnostics)
                    .assign(assign)
                    .map(List::of);
        }

        @Override
        public Optional<List<Stmt>> step(Statement.Step step) {
            return new AssignmentChecker(scope, expressions, diagnostics)
                    .step(step)
                    .map(List::of);
        }

        @Override
        public Optional<List<Stmt>> reset(Statement.Reset reset) {
            return new AssignmentChecker(scope, expressions, diagnostics)
                    .reset(reset)
                    .map(List::of);
        }

        @Override
        public Optional<List<Stmt>> call(Statement.Call statement) {
            return StatementChecker.this.call(statement, expressions).map(List::of);
        }

        @Override
        public Optional<List<Stmt>> broken(Statement.Broken broken) {
            return Optional.empty();
        }
    }

    private Outcome outcome(Identifier name, Span span) {
        names.constant(name);
        if (name.text().equals(Outcome.COMMITTED)) {
            diagnostics.report(Diagnostic.at(
                            name.span(),
                            DiagnosticCode.RESERVED_OUTCOME,
                            "`" + Outcome.COMMITTED + "` is what the end without any outcome is called")
                    .help("choose another name"));
        }
        return numbered(name.text(), span);
    }

    /** Numbers the outcomes that an author has listed. What else a statement names is an error then. */
    void declare(List<Identifier> listed) {
        for (Identifier name : listed) {
            if (outcomes.containsKey(name.text())) {
                diagnostics.report(
                        Diagnostic.at(name.span(), DiagnosticCode.DUPLICATE_NAME, "`" + name + "` is listed already")
                                .help("list it once"));
            }
            outcome(name, name.span());
        }
        declared = Set.copyOf(outcomes.keySet());
    }

    private void checkDeclared(String name, Span span) {
        if (!declared.isEmpty() && !declared.contains(name)) {
            diagnostics.report(Diagnostic.at(
                            span,
                            DiagnosticCode.UNKNOWN_NAME,
                            "the outcome " + name + " is not among those that `outcomes` lists")
                    .help("add it there: `outcomes (" + String.join(", ", outcomes.keySet()) + ", " + name + ")`"));
        }
    }

    private Outcome numbered(String name, Span span) {
        checkDeclared(name, span);
        return outcomes.computeIfAbsent(name, each -> new Outcome(each, outcomes.size() + 1));
    }

    private void reportGuardNotLast(Statement.If conditional) {
        diagnostics.report(Diagnostic.at(
                        conditional.head(),
                        DiagnosticCode.GUARD_NOT_LAST,
                        "an `if` without `else` guards all that follows, so nothing can stand behind its block")
                .note("unless the condition holds, the transaction ends with outcome " + Outcome.MISMATCH
                        + " and changes nothing, not even by what stands before the `if`")
                .help("for an `if` as in C add `else {}`; to guard what follows too, move it into the block"));
    }

    private Optional<Stmt> call(Statement.Call statement, ExpressionChecker expressions) {
        Expression.Call call = statement.call();
        if (!call.name().text().equals(MEMCPY)) {
            reportNoStatement(call.name());
            return Optional.empty();
        }
        if (call.arguments().size() != MEMCPY_ARGUMENTS) {
            diagnostics.report(Diagnostic.at(
                            call.span(),
                            DiagnosticCode.BAD_CALL,
                            "memcpy takes 3 arguments, not " + call.arguments().size())
                    .help("write `memcpy(dst, src, len);`"));
            return Optional.empty();
        }
        OperandChecker operands = new OperandChecker(expressions, diagnostics);
        Optional<AddressExpr> dst = operands.address(call.arguments().get(0));
        Optional<AddressExpr> src = operands.address(call.arguments().get(1));
        Optional<ByteCount> length = operands.computedLength(call.arguments().get(2));
        return dst.isEmpty() || src.isEmpty()
                ? Optional.empty()
                : length.map(known -> new Stmt.Memcpy(dst.get(), src.get(), known, statement.span()));
    }

    private void reportNoStatement(Identifier name) {
        Diagnostic diagnostic =
                Diagnostic.at(name.span(), DiagnosticCode.BAD_CALL, "`" + name + "` is no statement of a transaction");
        diagnostics.report(
                RawOperations.named(name.text()).isPresent()
                        ? diagnostic.help("operations are written in a `vector`; here, assign to places")
                        : Suggestions.among(name.text(), List.of(MEMCPY))
                                .map(diagnostic::help)
                                .orElse(diagnostic));
    }
}
