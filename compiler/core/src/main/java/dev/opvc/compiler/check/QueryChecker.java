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
import dev.opvc.compiler.model.ArrayType;
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
import org.jspecify.annotations.Nullable;

/** Types a query. */
final class QueryChecker {
    private static final String WHAT_A_QUERY_DOES = "a query assigns folds to its results, and names values with `let`";

    private final Definitions definitions;
    private final Diagnostics diagnostics;
    private final Names names;
    private final Scope scope = Scope.empty();
    private final StatementChecker statements;
    private final ExpressionChecker expressions;
    private final Map<Result, Span> assigned = new LinkedHashMap<>();

    QueryChecker(Definitions definitions, Diagnostics diagnostics) {
        this.definitions = definitions;
        this.diagnostics = diagnostics;
        this.names = new Names(diagnostics);
        this.statements = new StatementChecker(definitions, diagnostics);
        QuerySurroundings surroundings = new QuerySurroundings(definitions, scope, diagnostics);
        this.expressions = new ExpressionChecker(definitions, scope, surroundings, diagnostics);
    }

    /** The query, if nothing is wrong with it. */
    Optional<QueryDefinition> check(UnitDeclaration query) {
        long errorsBefore = diagnostics.errorCount();
        List<Parameter> parameters =
                new ParameterChecker(definitions, statements, diagnostics).parameters(query.parameters(), scope);
        List<Result> results = results(query);
        if (query.broken() && query.body().isEmpty()) {
            return Optional.empty();
        }
        checkSignature(query);
        List<Stmt> body = new ArrayList<>();
        for (Statement statement : query.body()) {
            Stmt checked = statement(statement);
            if (checked != null) {
                body.add(checked);
            }
        }
        if (query.broken() || diagnostics.errorCount() > errorsBefore) {
            return Optional.empty();
        }
        checkAllAssigned(results);
        checkFolds(query, body);
        if (diagnostics.errorCount() == errorsBefore && !definitions.mayLackNames()) {
            new UnusedNames(scope, diagnostics).report(parameters, query.body());
        }
        return diagnostics.errorCount() > errorsBefore
                ? Optional.empty()
                : Optional.of(new QueryDefinition(query.name(), parameters, results, body, query.doc()));
    }

    private void checkSignature(UnitDeclaration query) {
        if (query.parameters().stream().noneMatch(ParameterDeclaration::perCpu)) {
            diagnostics.report(Diagnostic.at(
                            query.name().span(),
                            DiagnosticCode.BAD_PARAMETER,
                            "a query has a percpu parameter, whose slots it reads")
                    .help("declare one: `percpu Struct name`"));
        }
        if (query.results().isEmpty()) {
            diagnostics.report(Diagnostic.at(
                            query.name().span(),
                            DiagnosticCode.RESULT_ASSIGNMENT,
                            "a query without results does nothing")
                    .help("name what it gives: `returns (u64 count)`"));
        }
    }

    private List<Result> results(UnitDeclaration query) {
        List<Result> results = new ArrayList<>();
        for (ResultDeclaration declaration : query.results()) {
            names.value(declaration.name());
            if (!statements.defineName(declaration.name(), scope)) {
                continue;
            }
            Optional<Type> element = definitions.type(declaration.type());
            Optional<Type> type = element.flatMap(each -> definitions.array(each, declaration.lengths()));
            if (type.isPresent() && isResult(type.get(), declaration.span())) {
                Result result = new Result(declaration.name(), type.get());
                scope.define(new Scope.Local.OfResult(result));
                results.add(result);
            } else {
                scope.define(new Scope.Local.Poisoned(declaration.name()));
            }
        }
        return results;
    }

    private boolean isResult(Type type, Span span) {
        Type element = type instanceof ArrayType array ? array.element() : type;
        if (element instanceof ScalarType) {
            return true;
        }
        diagnostics.report(Diagnostic.at(
                        span,
                        DiagnosticCode.BAD_TYPE,
                        "a result of a query is a number, a truth value, or an array of one dimension of these")
                .help("make it several results"));
        return false;
    }

    private @Nullable Stmt statement(Statement statement) {
        if (statement instanceof Statement.Let let) {
            return statements.let(let, scope, expressions);
        }
        if (statement instanceof Statement.Assign assign) {
            return assign(assign);
        }
        if (!(statement instanceof Statement.Broken)) {
            report(statement.span(), DiagnosticCode.BAD_STATEMENT, WHAT_A_QUERY_DOES, help(statement));
        }
        return null;
    }

    private static String help(Statement statement) {
        if (statement instanceof Statement.Require || statement instanceof Statement.If) {
            return "a query has one way through; let the caller decide on its results";
        }
        return "change memory in a `transaction`";
    }

    private @Nullable Stmt assign(Statement.Assign assign) {
        Optional<Result> result = result(assign.target());
        if (result.isEmpty()) {
            reportTarget(assign.target());
            expressions.infer(assign.value());
            return null;
        }
        if (assign.operator() != AssignOperator.SET) {
            report(
                    assign.target().span(),
                    DiagnosticCode.RESULT_ASSIGNMENT,
                    "the result `" + result.get().name() + "` cannot be read, and so not be updated",
                    "compute its value first, and assign it with `=`");
            return null;
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
        Expr value = expressions.typed(assign.value(), result.get().type());
        return value == null ? null : new Stmt.AssignResult(result.get(), value, assign.span());
    }

    private Optional<Result> result(Expression target) {
        return target instanceof Expression.Name name
                        && scope.find(name.name().text()).orElse(null) instanceof Scope.Local.OfResult local
                ? Optional.of(local.result())
                : Optional.empty();
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
                    "the query has no result `" + target.span().excerpt() + "`",
                    "name it behind `returns`, or name a value with `let`");
            return;
        }
        report(target.span(), DiagnosticCode.BAD_STATEMENT, WHAT_A_QUERY_DOES, "change memory in a `transaction`");
    }

    private void checkFolds(UnitDeclaration query, List<Stmt> body) {
        if (body.stream().noneMatch(QueryChecker::folds)) {
            report(
                    query.name().span(),
                    DiagnosticCode.BAD_STATEMENT,
                    "a query that folds nothing gives what its caller knows",
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
