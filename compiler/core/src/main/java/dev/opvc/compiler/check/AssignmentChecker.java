// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.AssignOperator;
import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.ast.Statement;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.Span;
import java.util.Optional;

/** Types what changes memory and results of a transaction by an operator. */
final class AssignmentChecker {
    private final Scope scope;
    private final ExpressionChecker expressions;
    private final Diagnostics diagnostics;

    AssignmentChecker(Scope scope, ExpressionChecker expressions, Diagnostics diagnostics) {
        this.scope = scope;
        this.expressions = expressions;
        this.diagnostics = diagnostics;
    }

    /** The result that an expression names, for its assignment. */
    static Optional<Result> result(Expression target, Scope scope) {
        return target instanceof Expression.Name name
                        && scope.find(name.name().text()).orElse(null) instanceof Scope.Local.OfResult local
                ? Optional.of(local.result())
                : Optional.empty();
    }

    static void reportResultRead(Span span, Result result, Diagnostics diagnostics) {
        diagnostics.report(Diagnostic.at(
                        span,
                        DiagnosticCode.RESULT_ASSIGNMENT,
                        "the result `" + result.name() + "` cannot be read, and so not be updated")
                .help("compute its value first, and assign it with `=`"));
    }

    Optional<Stmt> assign(Statement.Assign assign) {
        Optional<Result> result = result(assign.target(), scope);
        if (result.isPresent()) {
            return assignResult(assign, result.get());
        }
        Optional<PlaceExpr> place = place(assign.target());
        if (place.isEmpty()) {
            expressions.infer(assign.value());
            return Optional.empty();
        }
        return assign.operator().binary() == null ? store(assign, place.get()) : update(assign, place.get());
    }

    private Optional<Stmt> store(Statement.Assign assign, PlaceExpr place) {
        boolean release = assign.operator() == AssignOperator.RELEASE;
        Optional<Expr> value = expressions.typed(assign.value(), place.type());
        if (release && !place.type().isValue()) {
            diagnostics.report(Diagnostic.at(
                            assign.target().span(),
                            DiagnosticCode.BAD_TYPE,
                            "`release` is of what is stored by one access, not of a `" + place.type() + "`")
                    .help("store it without `release`, and then release a number or pointer that leads to it"));
            return Optional.empty();
        }
        return value.map(known -> new Stmt.Store(place, known, release, assign.span()));
    }

    private Optional<Stmt> assignResult(Statement.Assign assign, Result result) {
        if (assign.operator() == AssignOperator.RELEASE) {
            reportReleased(assign.target().span(), result);
            return Optional.empty();
        }
        if (assign.operator() != AssignOperator.SET) {
            reportResultRead(assign.target().span(), result, diagnostics);
            return Optional.empty();
        }
        return expressions
                .typed(assign.value(), result.type())
                .map(value -> new Stmt.AssignResult(result, value, assign.span()));
    }

    private void reportReleased(Span span, Result result) {
        diagnostics.report(Diagnostic.at(
                        span,
                        DiagnosticCode.RESULT_ASSIGNMENT,
                        "the result `" + result.name() + "` is the caller's alone, and nobody else sees it")
                .help("assign it without `release`"));
    }

    private Optional<Stmt> update(Statement.Assign assign, PlaceExpr place) {
        BinaryOperator operator =
                java.util.Objects.requireNonNull(assign.operator().binary());
        if (!(place.type() instanceof ScalarType type) || !updates(type, operator)) {
            reportUndefined(assign.target().span(), assign.operator().symbol(), place.type());
            return Optional.empty();
        }
        if (isProduct(operator)) {
            return product(assign, operator, place);
        }
        Optional<Expr> value = operator.group() == BinaryOperator.Group.SHIFT
                ? expressions.shiftCount(assign.value(), type)
                : expressions.typed(assign.value(), type);
        return value.map(known -> new Stmt.Update(place, operator, known, assign.span()));
    }

    private static boolean isProduct(BinaryOperator operator) {
        return operator == BinaryOperator.MULTIPLY
                || operator == BinaryOperator.DIVIDE
                || operator == BinaryOperator.REMAINDER;
    }

    /** No operation multiplies or divides memory, so it is what it is short for: an assignment of an expression. */
    private Optional<Stmt> product(Statement.Assign assign, BinaryOperator operator, PlaceExpr place) {
        Expression value =
                new Expression.Parenthesized(assign.value(), assign.value().span());
        Expression product = new Expression.Binary(operator, assign.target(), value, assign.span());
        return expressions
                .typed(product, place.type())
                .map(known -> new Stmt.Store(place, known, false, assign.span()));
    }

    private static boolean updates(ScalarType type, BinaryOperator operator) {
        return operator.group() == BinaryOperator.Group.ARITHMETIC
                ? type.isInteger() || type.isFloat()
                : type.isInteger();
    }

    /** {@code place++} or {@code place--}. */
    Optional<Stmt> step(Statement.Step step) {
        return place(step.target()).flatMap(place -> step(step, place));
    }

    private Optional<Stmt> step(Statement.Step step, PlaceExpr place) {
        if (!(place.type() instanceof ScalarType type) || !type.isInteger()) {
            reportUndefined(step.target().span(), step.up() ? "++" : "--", place.type());
            return Optional.empty();
        }
        Expr one = new Expr.Constant(type, IntegerValue.of(1), new Origin(step.span()));
        BinaryOperator operator = step.up() ? BinaryOperator.ADD : BinaryOperator.SUBTRACT;
        return Optional.of(new Stmt.Update(place, operator, one, step.span()));
    }

    /** {@code reset place}. */
    Optional<Stmt> reset(Statement.Reset reset) {
        Optional<Result> result = result(reset.target(), scope);
        if (result.isPresent()) {
            diagnostics.report(Diagnostic.at(
                            reset.target().span(),
                            DiagnosticCode.RESULT_ASSIGNMENT,
                            "the result `" + result.get().name() + "` has no initial value")
                    .help("assign it with `=`"));
            return Optional.empty();
        }
        SizedArrayChecker sized = new SizedArrayChecker(diagnostics);
        return place(reset.target())
                .filter(place -> sized.mayReset(place.type(), reset.target().span()))
                .map(place -> new Stmt.Reset(place, reset.span()));
    }

    /** A name that is assigned to reads like other languages' variables, and is no place here. */
    private Optional<PlaceExpr> place(Expression target) {
        if (!(target instanceof Expression.Name name)) {
            return expressions.places().place(target);
        }
        if (!expressions.infer(target).equals(Operand.ERRONEOUS)) {
            diagnostics.report(
                    Diagnostic.at(target.span(), DiagnosticCode.NOT_A_PLACE, "`" + name.name() + "` cannot be changed")
                            .help("only memory can be: `*p` or `p->f`; give a new value a new name with `let`"));
        }
        return Optional.empty();
    }

    private void reportUndefined(Span span, String symbol, Type type) {
        diagnostics.report(Diagnostic.at(
                span, DiagnosticCode.NOT_DEFINED_ON_TYPE, "`" + symbol + "` is not defined for `" + type + "`"));
    }
}
