// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.ast.Statement;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Parameter;
import java.util.List;

/** Warns of names that a unit gives and never uses. */
final class UnusedNames {
    private final Scope scope;
    private final Diagnostics diagnostics;

    UnusedNames(Scope scope, Diagnostics diagnostics) {
        this.scope = scope;
        this.diagnostics = diagnostics;
    }

    void report(List<Parameter> parameters, List<Statement> body) {
        for (Parameter parameter : parameters) {
            if (!scope.isUsed(parameter.name())) {
                reportUnused(parameter.identifier(), DiagnosticCode.UNUSED_PARAMETER, "the parameter");
            }
        }
        reportUnusedBindings(body);
    }

    private void reportUnusedBindings(List<Statement> statements) {
        for (Statement statement : statements) {
            if (statement instanceof Statement.Let let
                    && !scope.isUsed(let.name().text())) {
                reportUnused(let.name(), DiagnosticCode.UNUSED_BINDING, "the binding");
            }
            if (statement instanceof Statement.If conditional) {
                reportUnusedBindings(conditional.then());
                if (conditional.otherwise() != null) {
                    reportUnusedBindings(conditional.otherwise());
                }
            }
        }
    }

    private void reportUnused(Identifier name, DiagnosticCode code, String what) {
        diagnostics.report(Diagnostic.at(name.span(), code, what + " `" + name + "` is never used")
                .help("remove it"));
    }
}
