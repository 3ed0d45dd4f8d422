// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Declaration.ResultDeclaration;
import dev.opvc.compiler.ast.Declaration.UnitDeclaration;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.UnitDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types one transaction or raw vector. */
final class UnitChecker {
    private final Definitions definitions;
    private final Diagnostics diagnostics;
    private final Names names;
    private final Scope scope = Scope.empty();
    private final BindingChecker bindings;
    private final StatementChecker statements;

    UnitChecker(Definitions definitions, Diagnostics diagnostics) {
        this.definitions = definitions;
        this.diagnostics = diagnostics;
        this.names = new Names(diagnostics);
        this.bindings = new BindingChecker(definitions, diagnostics);
        this.statements = new StatementChecker(definitions, bindings, diagnostics);
    }

    /** The unit, if nothing is wrong with it. */
    Optional<UnitDefinition> check(UnitDeclaration unit) {
        long errorsBefore = diagnostics.errorCount();
        List<Parameter> parameters =
                new ParameterChecker(definitions, bindings, diagnostics).parameters(unit.parameters(), scope);
        List<Result> results = results(unit);
        if (unit.broken() && unit.body().isEmpty()) {
            return Optional.empty();
        }
        List<Stmt> body = body(unit);
        if (unit.broken() || diagnostics.errorCount() > errorsBefore) {
            return Optional.empty();
        }
        // A statement whose names are not known uses who knows what.
        if (!definitions.mayLackNames()) {
            new UnusedNames(scope, diagnostics).report(parameters, unit.body());
        }
        List<Outcome> outcomes = statements.outcomes();
        return Optional.of(
                new UnitDefinition(unit.kind(), unit.name(), parameters, results, outcomes, body, unit.doc()));
    }

    private List<Stmt> body(UnitDeclaration unit) {
        return unit.kind() == UnitKind.VECTOR
                ? new VectorChecker(definitions, scope, diagnostics).body(unit.body())
                : statements.body(unit, scope.inner());
    }

    private List<Result> results(UnitDeclaration unit) {
        if (unit.kind() == UnitKind.VECTOR && !unit.results().isEmpty()) {
            diagnostics.report(Diagnostic.at(
                            unit.results().get(0).span(),
                            DiagnosticCode.BAD_STATEMENT,
                            "a vector returns its own result, and no others")
                    .help("copy to the address of a parameter, or make this a `transaction`"));
            return List.of();
        }
        List<Result> results = new ArrayList<>();
        for (ResultDeclaration declaration : unit.results()) {
            names.value(declaration.name());
            if (!bindings.isFree(declaration.name(), scope)) {
                continue;
            }
            Optional<Type> type = definitions.named(declaration.type());
            boolean value = type.isPresent()
                    && type.get().isValue()
                    && declaration.lengths().isEmpty();
            if (type.isPresent() && !value) {
                diagnostics.report(Diagnostic.at(
                                declaration.span(),
                                DiagnosticCode.BAD_TYPE,
                                "a result of a transaction is a number, a truth value or a pointer")
                        .help("copy structs and arrays to memory that the caller passes"));
            }
            if (value) {
                Result result = new Result(declaration.name(), type.get());
                scope.define(new Scope.Local.OfResult(result));
                results.add(result);
            } else {
                scope.define(new Scope.Local.Poisoned(declaration.name()));
            }
        }
        return results;
    }
}
