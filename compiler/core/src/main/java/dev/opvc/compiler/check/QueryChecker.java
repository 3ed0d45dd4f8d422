// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.AssignOperator;
import dev.opvc.compiler.ast.Declaration.ParameterDeclaration;
import dev.opvc.compiler.ast.Declaration.ResultDeclaration;
import dev.opvc.compiler.ast.Declaration.UnitDeclaration;
import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.ast.Statement;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.QueryDefinition;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Types a query or a drain. */
final class QueryChecker {
    private final String what;
    private final Definitions definitions;
    private final Diagnostics diagnostics;
    private final Names names;
    private final Scope scope = Scope.empty();
    private final BindingChecker bindings;
    private final ExpressionChecker expressions;
    private final OpenResults open;
    private final Map<Result, Span> assigned = new LinkedHashMap<>();

    QueryChecker(UnitKind kind, Definitions definitions, Diagnostics diagnostics) {
        this.what = "a " + kind.keyword();
        this.definitions = definitions;
        this.diagnostics = diagnostics;
        this.names = new Names(diagnostics);
        this.open = new OpenResults(diagnostics);
        this.bindings = new BindingChecker(definitions, diagnostics);
        QuerySurroundings surroundings = new QuerySurroundings(what, definitions, scope, diagnostics);
        this.expressions = new ExpressionChecker(definitions, scope, surroundings, diagnostics);
    }

    /** The query, if nothing is wrong with it. */
    Optional<QueryDefinition> check(UnitDeclaration query) {
        long errorsBefore = diagnostics.errorCount();
        Optional<List<Parameter>> parameters =
                new ParameterChecker(definitions, bindings, diagnostics).parameters(query.parameters(), scope);
        Optional<List<Result>> results = results(query);
        if (query.broken() && query.body().isEmpty()) {
            return Optional.empty();
        }
        checkSignature(query);
        Kinds kinds = new Kinds();
        Optional<List<Stmt>> body = InError.flatten(
                query.body().stream().map(statement -> statement.match(kinds)).toList());
        boolean inError = query.broken() || diagnostics.errorCount() > errorsBefore;
        if (inError || parameters.isEmpty() || results.isEmpty() || body.isEmpty()) {
            return Optional.empty();
        }
        checkAllAssigned(results.get());
        checkFolds(query, body.get());
        if (diagnostics.errorCount() > errorsBefore) {
            return Optional.empty();
        }
        if (!definitions.mayLackNames()) {
            new UnusedNames(scope, diagnostics).report(parameters.get(), query.body());
        }
        return Optional.of(new QueryDefinition(
                query.kind(), query.name(), parameters.get(), open.known(results.get()), body.get(), query.doc()));
    }

    private void checkSignature(UnitDeclaration query) {
        UnitChecker.reportOutcomes(query, query.kind().keyword(), diagnostics);
        if (query.parameters().stream().noneMatch(ParameterDeclaration::perCpu)) {
            diagnostics.report(Diagnostic.at(
                            query.name().span(),
                            DiagnosticCode.BAD_PARAMETER,
                            what + " has a percpu parameter, whose slots it reads")
                    .help("declare one: `percpu Struct name`"));
        }
        if (query.results().isEmpty()) {
            diagnostics.report(Diagnostic.at(
                            query.name().span(),
                            DiagnosticCode.RESULT_ASSIGNMENT,
                            what + " without results gives nothing")
                    .help("name what it gives: `returns (u64 count)`"));
        }
    }

    private Optional<List<Result>> results(UnitDeclaration query) {
        ArrayChecker arrays = new ArrayChecker(definitions, diagnostics);
        List<Optional<Result>> results = new ArrayList<>();
        for (ResultDeclaration declaration : query.results()) {
            names.value(declaration.name());
            Optional<Result> result = definitions
                    .named(declaration.type())
                    .filter(element -> isResult(element, declaration))
                    .flatMap(element -> OpenResults.isOpen(declaration)
                            ? Optional.of(OpenResults.of(element))
                            : arrays.array(element, declaration.lengths()))
                    .map(type -> new Result(declaration.name(), type));
            results.add(bindings.define(result, Scope.Local.OfResult::new, declaration.name(), scope));
        }
        return InError.all(results);
    }

    private boolean isResult(Type element, ResultDeclaration declaration) {
        boolean lengthsAreWritten = OpenResults.isOpen(declaration)
                || declaration.lengths().stream().allMatch(length -> length.length() != null);
        if (element instanceof ScalarType && declaration.lengths().size() <= 1 && lengthsAreWritten) {
            return true;
        }
        diagnostics.report(Diagnostic.at(
                        declaration.span(),
                        DiagnosticCode.BAD_TYPE,
                        "a result of " + what + " is a number, a truth value, or an array of one dimension of these")
                .help("make it several results"));
        return false;
    }

    /** Types each kind of statement; empty if it is in error. */
    private final class Kinds implements Statement.Cases<Optional<List<Stmt>>> {
        @Override
        public Optional<List<Stmt>> let(Statement.Let let) {
            return bindings.let(let, scope, expressions);
        }

        @Override
        public Optional<List<Stmt>> require(Statement.Require require) {
            return choice(require);
        }

        @Override
        public Optional<List<Stmt>> conditional(Statement.If conditional) {
            return choice(conditional);
        }

        @Override
        public Optional<List<Stmt>> barrier(Statement.Barrier barrier) {
            return change(barrier);
        }

        @Override
        public Optional<List<Stmt>> assign(Statement.Assign assign) {
            return QueryChecker.this.assign(assign).map(List::of);
        }

        @Override
        public Optional<List<Stmt>> step(Statement.Step step) {
            return change(step);
        }

        @Override
        public Optional<List<Stmt>> reset(Statement.Reset reset) {
            return change(reset);
        }

        @Override
        public Optional<List<Stmt>> call(Statement.Call call) {
            return change(call);
        }

        @Override
        public Optional<List<Stmt>> broken(Statement.Broken broken) {
            return Optional.empty();
        }

        private Optional<List<Stmt>> choice(Statement statement) {
            return refused(statement, what + " has one way through; let the caller decide on its results");
        }

        private Optional<List<Stmt>> change(Statement statement) {
            return refused(statement, "change memory in a `transaction`");
        }

        private Optional<List<Stmt>> refused(Statement statement, String help) {
            report(statement.span(), DiagnosticCode.BAD_STATEMENT, whatItDoes(), help);
            return Optional.empty();
        }
    }

    private String whatItDoes() {
        return what + " assigns folds to its results, and names values with `let`";
    }

    private Optional<Stmt> assign(Statement.Assign assign) {
        Optional<Result> result = AssignmentChecker.result(assign.target(), scope);
        if (result.isEmpty()) {
            reportTarget(assign.target());
            expressions.infer(assign.value());
            return Optional.empty();
        }
        if (assign.operator() != AssignOperator.SET) {
            AssignmentChecker.reportResultRead(assign.target().span(), result.get(), diagnostics);
            return Optional.empty();
        }
        Span before = assigned.putIfAbsent(result.get(), assign.span());
        if (before != null) {
            diagnostics.report(Diagnostic.at(
                            assign.span(),
                            DiagnosticCode.RESULT_ASSIGNMENT,
                            "the result `" + result.get().name() + "` is assigned already")
                    .note(before, "here")
                    .help("assign it once"));
        }
        Optional<Expr> value = OpenResults.isOpen(result.get())
                ? open.assign(
                        result.get(),
                        expressions.infer(assign.value()),
                        assign.value().span())
                : expressions.typed(assign.value(), result.get().type());
        return value.map(known -> new Stmt.AssignResult(open.known(result.get()), known, assign.span()));
    }

    /** A name in error has been reported where it was declared. */
    private void reportTarget(Expression target) {
        boolean known = target instanceof Expression.Name name
                && scope.find(name.name().text()).orElse(null) instanceof Scope.Local.Poisoned;
        if (known || target instanceof Expression.Broken) {
            return;
        }
        if (target instanceof Expression.Name name
                && scope.find(name.name().text()).isEmpty()) {
            report(
                    target.span(),
                    DiagnosticCode.UNKNOWN_NAME,
                    "there is no result `" + target.span().excerpt() + "` here",
                    "name it behind `returns`, or name a value with `let`");
            return;
        }
        Optional<Result> part = target instanceof Expression.Index index
                ? AssignmentChecker.result(index.base(), scope)
                : Optional.empty();
        String help = part.map(result -> "an array is assigned whole: `" + result.name() + " = sum(…);`, of an array"
                        + " field of as many elements")
                .orElse("change memory in a `transaction`");
        report(target.span(), DiagnosticCode.BAD_STATEMENT, whatItDoes(), help);
    }

    private void checkFolds(UnitDeclaration query, List<Stmt> body) {
        if (body.stream().noneMatch(QueryChecker::folds)) {
            report(
                    query.name().span(),
                    DiagnosticCode.BAD_STATEMENT,
                    what + " that folds nothing gives what its caller knows",
                    "fold a field of a percpu parameter, for instance `sum(l->count)`");
        }
    }

    private static boolean folds(Stmt statement) {
        Expr value =
                statement instanceof Stmt.Let let ? let.binding().value() : ((Stmt.AssignResult) statement).value();
        return value.contains(Expr.Folded.class::isInstance);
    }

    private void checkAllAssigned(List<Result> results) {
        for (Result result : results) {
            if (!assigned.containsKey(result)) {
                report(
                        result.identifier().span(),
                        DiagnosticCode.RESULT_ASSIGNMENT,
                        "the result `" + result.name() + "` is not assigned",
                        "assign it, or remove it");
            }
        }
    }

    private void report(Span span, DiagnosticCode code, String message, String help) {
        diagnostics.report(Diagnostic.at(span, code, message).help(help));
    }
}
