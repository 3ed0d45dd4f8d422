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

/** In a query or drain, but in no fold: values of slots differ from CPU to CPU, so that only folds may be made of them. */
final class QuerySurroundings implements Surroundings {
    private final String what;
    private final Definitions definitions;
    private final Scope scope;
    private final Diagnostics diagnostics;

    /** @param what the kind of unit, with its article */
    QuerySurroundings(String what, Definitions definitions, Scope scope, Diagnostics diagnostics) {
        this.what = what;
        this.definitions = definitions;
        this.scope = scope;
        this.diagnostics = diagnostics;
    }

    static void reportPointer(String what, Span span, Diagnostics diagnostics) {
        diagnostics.report(Diagnostic.at(
                        span,
                        DiagnosticCode.QUERY_FOLLOWS_POINTER,
                        what + " follows no pointers: it reads the slots of its percpu parameters, and nothing else")
                .help("keep what is to be folded in the percpu struct, or read it in a `transaction`"));
    }

    @Override
    public boolean mayRead(PlaceExpr place, Span span) {
        if (!place.isInSlot()) {
            reportPointer(what, span, diagnostics);
            return false;
        }
        diagnostics.report(Diagnostic.at(
                        span,
                        DiagnosticCode.READ_OUTSIDE_FOLD,
                        "`" + span.excerpt() + "` is another value on each CPU, and can only be used in a fold")
                .help("fold it, for instance `sum(" + span.excerpt()
                        + ")`; there are `sum`, `min`, `max`, `any`, `all`, `count`"));
        return false;
    }

    @Override
    public boolean mayUse(Binding binding, Span span) {
        return true;
    }

    @Override
    public Operand fold(Fold fold, Expression.Call call) {
        return new FoldChecker(what, definitions, scope, diagnostics).check(fold, call);
    }
}
