// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Fold;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.source.Span;

/** Everywhere but in queries: all memory, and no folds. */
final class OrdinarySurroundings implements Surroundings {
    private final Diagnostics diagnostics;

    OrdinarySurroundings(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    @Override
    public boolean mayRead(PlaceExpr place, Span span) {
        return true;
    }

    @Override
    public boolean mayUse(Binding binding, Span span) {
        return true;
    }

    @Override
    public Operand fold(Fold fold, Expression.Call call) {
        Diagnostic diagnostic = Diagnostic.at(
                call.name().span(),
                DiagnosticCode.BAD_CALL,
                fold.sharesItsName()
                        ? "`" + fold.word() + "` takes 2 arguments, not 1; with one it can only be used in a query"
                        : "`" + fold.word() + "` can only be used in a query");
        diagnostics.report(diagnostic);
        return Operand.ERRONEOUS;
    }
}
