// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Fold;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.source.Span;

/** In a fold: the slots of one CPU, and what is known before the first CPU is looked at. */
final class FoldSurroundings implements Surroundings {
    private final String what;
    private final Diagnostics diagnostics;

    /** @param what the kind of unit, with its article */
    FoldSurroundings(String what, Diagnostics diagnostics) {
        this.what = what;
        this.diagnostics = diagnostics;
    }

    @Override
    public boolean mayRead(PlaceExpr place, Span span) {
        if (!place.isInSlot()) {
            QuerySurroundings.reportPointer(what, span, diagnostics);
            return false;
        }
        return true;
    }

    @Override
    public boolean foldsArrays() {
        return true;
    }

    @Override
    public boolean mayUse(Binding binding, Span span) {
        if (!isMadeOfFolds(binding.value())) {
            return true;
        }
        diagnostics.report(Diagnostic.at(
                        span,
                        DiagnosticCode.BAD_CALL,
                        "`" + binding.name() + "` is known only once all CPUs have been read, so no fold can use it")
                .note(binding.identifier().span(), "it is made of a fold here")
                .help("use it outside of the fold"));
        return false;
    }

    private static boolean isMadeOfFolds(Expr value) {
        return value.contains(part -> part instanceof Expr.Folded
                || (part instanceof Expr.BindingValue used
                        && isMadeOfFolds(used.binding().value())));
    }

    @Override
    public Operand fold(Fold fold, Expression.Call call) {
        Diagnostic diagnostic = Diagnostic.at(
                call.span(), DiagnosticCode.BAD_CALL, "`" + fold.word() + "` is a fold, and stands in a fold already");
        diagnostics.report(
                fold.sharesItsName()
                        ? diagnostic.help("with two arguments it is a function: `" + fold.word() + "(a, b)`")
                        : diagnostic.help("fold each by itself, and compute with the folds"));
        return Operand.ERRONEOUS;
    }
}
