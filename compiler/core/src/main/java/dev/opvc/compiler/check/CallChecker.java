// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Builtin;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Fold;
import dev.opvc.compiler.model.Origin;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what a call in an expression calls: a fold or a function. */
final class CallChecker {
    private static final String CUMULATIVE = "cumulative";

    private final ExpressionChecker expressions;
    private final Conversions conversions;
    private final Diagnostics diagnostics;

    CallChecker(ExpressionChecker expressions, Conversions conversions, Diagnostics diagnostics) {
        this.expressions = expressions;
        this.conversions = conversions;
        this.diagnostics = diagnostics;
    }

    Operand check(Expression.Call call) {
        String name = call.name().text();
        Optional<Fold> fold = Fold.named(name);
        if (fold.isPresent() && (!fold.get().sharesItsName() || call.arguments().size() == 1)) {
            return expressions.surroundings().fold(fold.get(), call);
        }
        Optional<Builtin> builtin = Builtin.named(name);
        if (builtin.isPresent()) {
            return new FunctionChecker(expressions, conversions, diagnostics).check(builtin.get(), call);
        }
        if (name.equals(SelectChecker.SELECT)) {
            return new SelectChecker(expressions, conversions, diagnostics).check(call);
        }
        if (name.equals(TableChecker.BUCKET_OF)) {
            return expressions.tables().bucketOf(call);
        }
        if (name.equals(CUMULATIVE)) {
            return cumulative(call);
        }
        if (name.equals(TableChecker.LENGTH)) {
            return expressions.tables().length(call);
        }
        if (name.equals(VectorChecker.FAULT)) {
            diagnostics.report(Diagnostic.at(
                    call.name().span(),
                    DiagnosticCode.BAD_CALL,
                    "`fault` can only stand around an operand of a vector's operation, once"));
            return Operand.ERRONEOUS;
        }
        Diagnostic diagnostic =
                Diagnostic.at(call.name().span(), DiagnosticCode.UNKNOWN_NAME, "there is no function `" + name + "`");
        diagnostics.report(
                Suggestions.among(name, functions()).map(diagnostic::help).orElse(diagnostic));
        return Operand.ERRONEOUS;
    }

    /** Each element of a sum of arrays with those before it. */
    private Operand cumulative(Expression.Call call) {
        List<Operand> operands =
                call.arguments().stream().map(expressions::infer).toList();
        if (operands.contains(Operand.ERRONEOUS)) {
            return Operand.ERRONEOUS;
        }
        boolean sumOfArrays = operands.size() == 1
                && operands.get(0) instanceof Operand.Typed typed
                && typed.expr() instanceof Expr.Folded folded
                && folded.fold() == Fold.SUM
                && folded.type() instanceof ArrayType
                && !folded.cumulative();
        if (!sumOfArrays) {
            diagnostics.report(Diagnostic.at(
                            call.span(), DiagnosticCode.BAD_CALL, "`" + CUMULATIVE + "` takes the sum of an array")
                    .help("assign it whole to a result of a query: `bucket = " + CUMULATIVE + "(sum(l->bucket));`"));
            return Operand.ERRONEOUS;
        }
        Expr.Folded sum = (Expr.Folded) ((Operand.Typed) operands.get(0)).expr();
        return new Operand.Typed(new Expr.Folded(sum.fold(), sum.operand(), true, new Origin(call.span())));
    }

    private static List<String> functions() {
        Stream<String> others =
                Stream.of(SelectChecker.SELECT, TableChecker.BUCKET_OF, TableChecker.LENGTH, CUMULATIVE);
        return Stream.concat(Arrays.stream(Builtin.values()).map(Builtin::word), others)
                .toList();
    }
}
