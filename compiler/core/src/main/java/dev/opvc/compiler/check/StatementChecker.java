// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;
import dev.opvc.compiler.model.Origin;

import dev.opvc.compiler.ast.AssignOperator;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.ast.Declaration.UnitDeclaration;
import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.ast.Statement;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.AddressExpr;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.source.Span;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Types the statements of a transaction. */
final class StatementChecker {
    private static final String MEMCPY = "memcpy";
    private static final int MEMCPY_ARGUMENTS = 3;

    private final Definitions definitions;
    private final Diagnostics diagnostics;
    private final Names names;
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    /** False where a syntax error may have torn blocks apart, so that what stands behind what is not known. */
    private boolean structureKnown = true;

    StatementChecker(Definitions definitions, Diagnostics diagnostics) {
        this.definitions = definitions;
        this.diagnostics = diagnostics;
        this.names = new Names(diagnostics);
    }

    /** The outcomes that the statements checked so far can end with, by number. */
    List<Outcome> outcomes() {
        return List.copyOf(outcomes.values());
    }

    /** Types the statements of a transaction. */
    List<Stmt> body(UnitDeclaration unit, Scope scope) {
        structureKnown = !unit.broken();
        return block(unit.body(), scope, true);
    }

    /**
     * Types the statements of a block.
     *
     * @param atEnd whether nothing stands behind the block in the blocks around it
     */
    private List<Stmt> block(List<Statement> statements, Scope scope, boolean atEnd) {
        List<Stmt> result = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            boolean last = atEnd && i == statements.size() - 1;
            Stmt checked = statement(statements.get(i), scope, last);
            if (checked != null) {
                result.add(checked);
            }
        }
        return result;
    }

    private @Nullable Stmt statement(Statement statement, Scope scope, boolean last) {
        ExpressionChecker expressions = new ExpressionChecker(definitions, scope, diagnostics);
        if (statement instanceof Statement.Let let) {
            return let(let, scope, expressions);
        }
        if (statement instanceof Statement.Require require) {
            return require(require, expressions);
        }
        if (statement instanceof Statement.If conditional) {
            return conditional(conditional, scope, expressions, last);
        }
        if (statement instanceof Statement.Barrier barrier) {
            return new Stmt.Barrier(barrier.span());
        }
        if (statement instanceof Statement.Assign assign) {
            return assign(assign, scope, expressions);
        }
        if (statement instanceof Statement.Step step) {
            return step(step, expressions);
        }
        return statement instanceof Statement.Call call ? call(call, expressions) : null;
    }

    /** Names a value. */
    @Nullable
    Stmt let(Statement.Let let, Scope scope, ExpressionChecker expressions) {
        names.value(let.name());
        Operand operand = expressions.infer(let.value());
        if (operand instanceof Operand.Literal literal) {
            if (defineName(let.name(), scope)) {
                scope.define(new Scope.Local.OfLiteral(let.name(), literal.value()));
            }
            return null;
        }
        Expr value = operand instanceof Operand.Typed typed ? typed.expr() : null;
        if (value != null && !value.type().isValue()) {
            diagnostics.report(Diagnostic.at(
                            let.value().span(),
                            DiagnosticCode.BAD_TYPE,
                            "a binding holds a number, a truth value or a pointer, not `" + value.type() + "`")
                    .help("assign it to a place, whole"));
            value = null;
        }
        if (!defineName(let.name(), scope)) {
            return null;
        }
        if (value == null) {
            scope.define(new Scope.Local.Poisoned(let.name()));
            return null;
        }
        Binding binding = new Binding(let.name(), value);
        scope.define(new Scope.Local.OfBinding(binding));
        return new Stmt.Let(binding, value, let.span());
    }

    /** Whether a name is free; a report if not. */
    boolean defineName(Identifier name, Scope scope) {
        Optional<Scope.Local> taken = scope.find(name.text());
        if (taken.isPresent()) {
            diagnostics.report(Diagnostic.at(
                            name.span(), DiagnosticCode.DUPLICATE_NAME, "`" + name + "` has a meaning here already")
                    .note(taken.get().identifier().span(), "defined here")
                    .help("choose another name"));
            return false;
        }
        if (definitions.hasConstant(name.text())) {
            diagnostics.report(Diagnostic.at(
                            name.span(), DiagnosticCode.DUPLICATE_NAME, "`" + name + "` is the name of a constant")
                    .help("choose another name"));
            return false;
        }
        return true;
    }

    private @Nullable Stmt require(Statement.Require require, ExpressionChecker expressions) {
        Outcome outcome = outcome(require.outcome());
        Expr condition = condition(require.condition(), expressions);
        return condition == null ? null : new Stmt.Require(condition, outcome, require.span());
    }

    private Outcome outcome(Identifier name) {
        names.constant(name);
        if (name.text().equals(Outcome.COMMITTED)) {
            diagnostics.report(Diagnostic.at(
                            name.span(),
                            DiagnosticCode.RESERVED_OUTCOME,
                            "`" + Outcome.COMMITTED + "` is what the end without any outcome is called")
                    .help("choose another name"));
        }
        return outcome(name.text());
    }

    private Outcome outcome(String name) {
        return outcomes.computeIfAbsent(name, each -> new Outcome(each, outcomes.size() + 1));
    }

    private @Nullable Expr condition(Expression expression, ExpressionChecker expressions) {
        Expr condition = expressions.condition(expression);
        if (condition instanceof Expr.Constant) {
            expressions.reportIfConstant(condition, expression.span());
        }
        return condition;
    }

    private @Nullable Stmt conditional(
            Statement.If conditional, Scope scope, ExpressionChecker expressions, boolean last) {
        Expr condition = condition(conditional.condition(), expressions);
        List<Statement> otherwise = conditional.otherwise();
        if (otherwise == null) {
            if (!last && structureKnown) {
                reportGuardNotLast(conditional);
            }
            Outcome outcome = outcome(Outcome.MISMATCH);
            List<Stmt> body = block(conditional.then(), scope.inner(), last);
            return condition == null ? null : new Stmt.Guarded(condition, outcome, body, conditional.head());
        }
        List<Stmt> then = block(conditional.then(), scope.inner(), last);
        List<Stmt> other = block(otherwise, scope.inner(), last);
        return condition == null
                ? null
                : new Stmt.Choice(
                        condition, then, other, conditional.condition().span(), conditional.span());
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

    private @Nullable Stmt assign(Statement.Assign assign, Scope scope, ExpressionChecker expressions) {
        Optional<Result> result = result(assign.target(), scope);
        if (result.isPresent()) {
            return assignResult(assign, result.get(), expressions);
        }
        if (!isMemory(assign.target(), expressions)) {
            expressions.infer(assign.value());
            return null;
        }
        PlaceExpr place = expressions.places().place(assign.target());
        if (place == null) {
            expressions.infer(assign.value());
            return null;
        }
        if (assign.operator() == AssignOperator.SET) {
            Expr value = expressions.typed(assign.value(), place.type());
            return value == null ? null : new Stmt.Store(place, value, assign.span());
        }
        BinaryOperator operator =
                java.util.Objects.requireNonNull(assign.operator().binary());
        if (!updates(place.type(), operator)) {
            reportUndefined(assign.target().span(), assign.operator().symbol(), place.type());
            return null;
        }
        Expr value = operator.group() == BinaryOperator.Group.SHIFT
                ? expressions.shiftCount(assign.value(), (ScalarType) place.type())
                : expressions.typed(assign.value(), place.type());
        return value == null ? null : new Stmt.Update(place, operator, value, assign.span());
    }

    private static Optional<Result> result(Expression target, Scope scope) {
        return target instanceof Expression.Name name
                        && scope.find(name.name().text()).orElse(null) instanceof Scope.Local.OfResult local
                ? Optional.of(local.result())
                : Optional.empty();
    }

    private @Nullable Stmt assignResult(Statement.Assign assign, Result result, ExpressionChecker expressions) {
        if (assign.operator() != AssignOperator.SET) {
            diagnostics.report(Diagnostic.at(
                            assign.target().span(),
                            DiagnosticCode.RESULT_ASSIGNMENT,
                            "the result `" + result.name() + "` cannot be read, and so not be updated")
                    .help("compute its value first, and assign it with `=`"));
            return null;
        }
        Expr value = expressions.typed(assign.value(), result.type());
        return value == null ? null : new Stmt.AssignResult(result, value, assign.span());
    }

    /** Reports a name that is assigned to, which reads like other languages' variables and is no place here. */
    private boolean isMemory(Expression target, ExpressionChecker expressions) {
        if (!(target instanceof Expression.Name name)) {
            return true;
        }
        if (expressions.infer(target) != null) {
            diagnostics.report(
                    Diagnostic.at(target.span(), DiagnosticCode.NOT_A_PLACE, "`" + name.name() + "` cannot be changed")
                            .help("only memory can be: `*p` or `p->f`; give a new value a new name with `let`"));
        }
        return false;
    }

    private static boolean updates(Type type, BinaryOperator operator) {
        if (!(type instanceof ScalarType scalar)) {
            return false;
        }
        return operator.group() == BinaryOperator.Group.ARITHMETIC
                ? scalar.isInteger() || scalar.isFloat()
                : scalar.isInteger();
    }

    private void reportUndefined(Span span, String symbol, Type type) {
        diagnostics.report(Diagnostic.at(
                span, DiagnosticCode.NOT_DEFINED_ON_TYPE, "`" + symbol + "` is not defined for `" + type + "`"));
    }

    private @Nullable Stmt step(Statement.Step step, ExpressionChecker expressions) {
        if (!isMemory(step.target(), expressions)) {
            return null;
        }
        PlaceExpr place = expressions.places().place(step.target());
        if (place == null) {
            return null;
        }
        if (!(place.type() instanceof ScalarType type) || !type.isInteger()) {
            reportUndefined(step.target().span(), step.up() ? "++" : "--", place.type());
            return null;
        }
        Expr one = new Expr.Constant(type, IntegerValue.of(BigInteger.ONE), new Origin(step.span()));
        BinaryOperator operator = step.up() ? BinaryOperator.ADD : BinaryOperator.SUBTRACT;
        return new Stmt.Update(place, operator, one, step.span());
    }

    private @Nullable Stmt call(Statement.Call statement, ExpressionChecker expressions) {
        Expression.Call call = statement.call();
        if (!call.name().text().equals(MEMCPY)) {
            Diagnostic diagnostic = Diagnostic.at(
                    call.name().span(),
                    DiagnosticCode.BAD_CALL,
                    "`" + call.name() + "` is no statement of a transaction");
            diagnostics.report(
                    RawOperations.named(call.name().text()).isPresent()
                            ? diagnostic.help("operations are written in a `vector`; here, assign to places")
                            : Suggestions.among(call.name().text(), List.of(MEMCPY))
                                    .map(diagnostic::help)
                                    .orElse(diagnostic));
            return null;
        }
        if (call.arguments().size() != MEMCPY_ARGUMENTS) {
            diagnostics.report(Diagnostic.at(
                            call.span(),
                            DiagnosticCode.BAD_CALL,
                            "memcpy takes 3 arguments, not " + call.arguments().size())
                    .help("write `memcpy(dst, src, len);`"));
            return null;
        }
        OperandChecker operands = new OperandChecker(expressions, diagnostics);
        AddressExpr dst = operands.address(call.arguments().get(0));
        AddressExpr src = operands.address(call.arguments().get(1));
        Length length = operands.length(call.arguments().get(2));
        return dst == null || src == null || length == null
                ? null
                : new Stmt.Memcpy(dst, src, length, statement.span());
    }
}
