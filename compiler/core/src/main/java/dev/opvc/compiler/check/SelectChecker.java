// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.ConstantValue.NullValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import java.util.List;
import java.util.Optional;

/** Types {@code select(c, a, b)}. */
final class SelectChecker {
    static final String SELECT = "select";

    private static final int ARGUMENTS = 3;

    private final ExpressionChecker expressions;
    private final Conversions conversions;
    private final Diagnostics diagnostics;

    SelectChecker(ExpressionChecker expressions, Conversions conversions, Diagnostics diagnostics) {
        this.expressions = expressions;
        this.conversions = conversions;
        this.diagnostics = diagnostics;
    }

    Operand check(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        if (arguments.size() != ARGUMENTS) {
            report(
                    call,
                    DiagnosticCode.BAD_CALL,
                    "`" + SELECT + "` takes a condition and two values, not " + arguments.size() + " arguments",
                    "write `" + SELECT + "(condition, then, otherwise)`");
            return Operand.ERRONEOUS;
        }
        Optional<Expr> condition = expressions.condition(arguments.get(0));
        Operand then = expressions.infer(arguments.get(1));
        Operand otherwise = expressions.infer(arguments.get(2));
        if (condition.isEmpty() || then == Operand.ERRONEOUS || otherwise == Operand.ERRONEOUS) {
            return Operand.ERRONEOUS;
        }
        return select(condition.get(), then, otherwise, call);
    }

    private Operand select(Expr condition, Operand then, Operand otherwise, Expression.Call call) {
        Optional<Type> common = common(then, otherwise);
        if (common.isPresent() && common.get().isValue()) {
            return typed(condition, then, otherwise, common.get(), call);
        }
        if (then instanceof Operand.Literal first
                && otherwise instanceof Operand.Literal second
                && areAlike(first, second)) {
            return ofLiterals(condition, first, second, call);
        }
        report(
                call,
                DiagnosticCode.NOT_DEFINED_ON_TYPE,
                "`" + SELECT + "` is not defined for " + ExpressionChecker.describe(List.of(then, otherwise)),
                "it chooses between numbers, truth values or pointers of one type");
        return Operand.ERRONEOUS;
    }

    /** Where all is known, so is what is chosen. */
    private Operand ofLiterals(Expr condition, Operand.Literal then, Operand.Literal otherwise, Expression.Call call) {
        if (condition instanceof Expr.Constant constant) {
            return ((BoolValue) constant.value()).value() ? then : otherwise;
        }
        String first = call.arguments().get(1).span().excerpt();
        report(
                call,
                DiagnosticCode.TYPE_MISMATCH,
                "two literals have no type",
                isNull(then)
                        ? "both are `null`: write that alone"
                        : "give one of them a type, for instance `" + typeFor(then, otherwise) + "(" + first + ")`");
        return Operand.ERRONEOUS;
    }

    private static boolean areAlike(Operand.Literal then, Operand.Literal otherwise) {
        return (isNumber(then) && isNumber(otherwise)) || (isNull(then) && isNull(otherwise));
    }

    private static boolean isNumber(Operand.Literal literal) {
        return !isNull(literal) && !(literal.value() instanceof BoolValue);
    }

    private static boolean isNull(Operand.Literal literal) {
        return literal.value() instanceof NullValue;
    }

    /** A type that holds both numbers, so that the advice can be followed. */
    private static String typeFor(Operand.Literal then, Operand.Literal otherwise) {
        if (!(then.value() instanceof IntegerValue first) || !(otherwise.value() instanceof IntegerValue second)) {
            return "f64";
        }
        return first.lp64().min(second.lp64()).signum() < 0 ? "i64" : "u64";
    }

    private Operand typed(Expr condition, Operand then, Operand otherwise, Type type, Expression.Call call) {
        Optional<Expr> first =
                conversions.convert(then, type, call.arguments().get(1).span());
        Optional<Expr> second =
                conversions.convert(otherwise, type, call.arguments().get(2).span());
        if (first.isEmpty() || second.isEmpty()) {
            return Operand.ERRONEOUS;
        }
        Expr.Select select = new Expr.Select(condition, first.get(), second.get(), new Origin(call.span()));
        return new Operand.Typed(TypedConstants.fold(select));
    }

    /** The type that both get: a literal that of the other one, two truth values their own. */
    private static Optional<Type> common(Operand then, Operand otherwise) {
        if (then instanceof Operand.Typed first) {
            return otherwise instanceof Operand.Typed second
                    ? Conversions.common(first.type(), second.type())
                    : Optional.of(first.type());
        }
        if (otherwise instanceof Operand.Typed second) {
            return Optional.of(second.type());
        }
        return isTruth(then) && isTruth(otherwise) ? Optional.of(ScalarType.BOOL) : Optional.empty();
    }

    private static boolean isTruth(Operand operand) {
        return operand instanceof Operand.Literal literal && literal.value() instanceof BoolValue;
    }

    private void report(Expression.Call call, DiagnosticCode code, String message, String help) {
        diagnostics.report(Diagnostic.at(call.span(), code, message).help(help));
    }
}
