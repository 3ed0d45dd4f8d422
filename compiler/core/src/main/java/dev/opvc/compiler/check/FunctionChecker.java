// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Builtin;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types calls of the language's functions. */
final class FunctionChecker {
    private final ExpressionChecker expressions;
    private final Conversions conversions;
    private final Diagnostics diagnostics;

    FunctionChecker(ExpressionChecker expressions, Conversions conversions, Diagnostics diagnostics) {
        this.expressions = expressions;
        this.conversions = conversions;
        this.diagnostics = diagnostics;
    }

    Operand check(Builtin builtin, Expression.Call call) {
        if (call.arguments().size() != builtin.arguments()) {
            report(
                    call,
                    DiagnosticCode.BAD_CALL,
                    "`" + builtin.word() + "` takes " + builtin.arguments() + " argument"
                            + (builtin.arguments() == 1 ? "" : "s") + ", not "
                            + call.arguments().size());
            return Operand.ERRONEOUS;
        }
        List<Operand> operands =
                call.arguments().stream().map(expressions::infer).toList();
        if (operands.contains(Operand.ERRONEOUS)) {
            return Operand.ERRONEOUS;
        }
        boolean literals = operands.stream().allMatch(Operand.Literal.class::isInstance);
        return literals ? ofLiterals(builtin, call, operands) : ofTypes(builtin, call, operands);
    }

    private Operand ofLiterals(Builtin builtin, Expression.Call call, List<Operand> operands) {
        boolean chooses = builtin == Builtin.MIN || builtin == Builtin.MAX;
        if (!chooses) {
            diagnostics.report(Diagnostic.at(call.span(), DiagnosticCode.TYPE_MISMATCH, "a literal alone has no type")
                    .help("give it one, for instance `" + builtin.word() + "(" + example(builtin) + "("
                            + call.arguments().get(0).span().excerpt() + "))`"));
            return Operand.ERRONEOUS;
        }
        Operand.Literal first = (Operand.Literal) operands.get(0);
        Operand.Literal second = (Operand.Literal) operands.get(1);
        BinaryOperator operator = builtin == Builtin.MIN ? BinaryOperator.LESS : BinaryOperator.GREATER;
        try {
            BoolValue firstWins = (BoolValue) Numbers.binary(operator, first.value(), second.value());
            return firstWins.value() ? first : second;
        } catch (Numbers.UndefinedException e) {
            report(call, DiagnosticCode.NOT_DEFINED_ON_TYPE, String.valueOf(e.getMessage()));
            return Operand.ERRONEOUS;
        }
    }

    private static ScalarType example(Builtin builtin) {
        return builtin.isDefinedFor(ScalarType.I64)
                ? ScalarType.I64
                : builtin.isDefinedFor(ScalarType.F64) ? ScalarType.F64 : ScalarType.U64;
    }

    private Operand ofTypes(Builtin builtin, Expression.Call call, List<Operand> operands) {
        Optional<Type> common = Optional.empty();
        for (Operand operand : operands) {
            if (operand instanceof Operand.Typed typed) {
                common = common.isEmpty() ? Optional.of(typed.type()) : Conversions.common(common.get(), typed.type());
                if (common.isEmpty()) {
                    break;
                }
            }
        }
        if (common.isEmpty() || !defined(builtin, common.get())) {
            report(
                    call,
                    DiagnosticCode.NOT_DEFINED_ON_TYPE,
                    "`" + builtin.word() + "` is not defined for " + ExpressionChecker.describe(operands));
            return Operand.ERRONEOUS;
        }
        List<Expr> arguments = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            Optional<Expr> argument = conversions.convert(
                    operands.get(i), common.get(), call.arguments().get(i).span());
            if (argument.isEmpty()) {
                return Operand.ERRONEOUS;
            }
            arguments.add(argument.get());
        }
        Type type = builtin.resultFor((ScalarType) common.get());
        return new Operand.Typed(
                TypedConstants.fold(new Expr.Function(builtin, arguments, type, new Origin(call.span()))));
    }

    private static boolean defined(Builtin builtin, Type type) {
        return type instanceof ScalarType scalar && builtin.isDefinedFor(scalar);
    }

    private void report(Expression.Call call, DiagnosticCode code, String message) {
        diagnostics.report(Diagnostic.at(call.span(), code, message));
    }
}
