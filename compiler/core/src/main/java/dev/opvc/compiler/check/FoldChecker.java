// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Fold;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;

/** Types a fold. */
final class FoldChecker {
    private final ExpressionChecker operands;
    private final Diagnostics diagnostics;

    /** @param what the kind of unit it stands in, with its article */
    FoldChecker(String what, Definitions definitions, Scope scope, Diagnostics diagnostics) {
        this.operands = new ExpressionChecker(definitions, scope, new FoldSurroundings(what, diagnostics), diagnostics);
        this.diagnostics = diagnostics;
    }

    Operand check(Fold fold, Expression.Call call) {
        if (call.arguments().size() != 1) {
            report(
                    call,
                    DiagnosticCode.BAD_CALL,
                    "`" + fold.word() + "` takes 1 argument, not "
                            + call.arguments().size());
            return Operand.ERRONEOUS;
        }
        return operands.infer(call.arguments().get(0)).match(new Operand.Cases<>() {
            @Override
            public Operand literal(Operand.Literal literal) {
                reportConstant(fold, call);
                return Operand.ERRONEOUS;
            }

            @Override
            public Operand typed(Operand.Typed typed) {
                return folded(fold, typed.expr(), call);
            }

            @Override
            public Operand erroneous(Operand.Erroneous erroneous) {
                return erroneous;
            }
        });
    }

    private Operand folded(Fold fold, Expr operand, Expression.Call call) {
        if (!fold.isDefinedFor(foldedType(operand.type()))) {
            reportUndefined(fold, call, operand.type());
            return Operand.ERRONEOUS;
        }
        if (fold == Fold.COUNT && operand.type() instanceof ArrayType) {
            report(
                    call,
                    DiagnosticCode.NOT_DEFINED_ON_TYPE,
                    "`count` counts conditions, and `" + operand.type() + "` is an array of them");
            return Operand.ERRONEOUS;
        }
        if (!operand.contains(Expr.PlaceValue.class::isInstance)) {
            reportConstant(fold, call);
            return Operand.ERRONEOUS;
        }
        if (fold == Fold.MIN) {
            warnOfZeros(operand, call);
        }
        return new Operand.Typed(new Expr.Folded(fold, operand, false, new Origin(call.span())));
    }

    /** Arrays are folded element by element. */
    private static Type foldedType(Type type) {
        return type instanceof ArrayType array ? array.element() : type;
    }

    private void reportConstant(Fold fold, Expression.Call call) {
        diagnostics.report(Diagnostic.at(
                        call.span(),
                        DiagnosticCode.BAD_CALL,
                        "`" + fold.word() + "` folds what is the same on every CPU")
                .help("fold an expression with fields of a percpu parameter"));
    }

    private void reportUndefined(Fold fold, Expression.Call call, Type type) {
        Diagnostic diagnostic = Diagnostic.at(
                call.span(),
                DiagnosticCode.NOT_DEFINED_ON_TYPE,
                "`" + fold.word() + "` is not defined for `" + type + "`");
        diagnostics.report(diagnostic.help(help(type, call)));
    }

    private static String help(Type type, Expression.Call call) {
        if (type instanceof StructType) {
            return "structs are not folded: fold their fields one by one";
        }
        if (foldedType(type) instanceof ArrayType || foldedType(type) instanceof StructType) {
            return "an array is folded if its elements are numbers or truth values: fold a row, or fields";
        }
        if (foldedType(type) == ScalarType.BOOL) {
            return "truth values are folded by `any`, `all` and `count`";
        }
        boolean number = type instanceof ScalarType;
        String written = call.arguments().get(0).span().excerpt();
        return number
                ? "`any`, `all` and `count` fold truth values: write `" + written + " != 0`"
                : "numbers are folded by `sum`, `min` and `max`, truth values by `any`, `all` and `count`";
    }

    /** A slot that was never used holds what it began with, which the least of all should not be. */
    private void warnOfZeros(Expr operand, Expression.Call call) {
        Expr folded = operand;
        while (folded instanceof Expr.Conversion conversion) {
            folded = conversion.operand();
        }
        if (folded instanceof Expr.PlaceValue value
                && value.place().initialValue().isZero()) {
            String written = call.arguments().get(0).span().excerpt();
            Diagnostic diagnostic = Diagnostic.at(
                    call.span(),
                    DiagnosticCode.LEAST_OF_ZEROS,
                    "`" + written + "` begins as zero, so this is at most zero until every CPU's slot has been used");
            diagnostics.report(diagnostic.help("give the field an initial value: its type's largest, or `inf`"));
        }
    }

    private void report(Expression.Call call, DiagnosticCode code, String message) {
        diagnostics.report(Diagnostic.at(call.span(), code, message));
    }
}
