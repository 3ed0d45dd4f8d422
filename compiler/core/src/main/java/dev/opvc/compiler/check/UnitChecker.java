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
        Optional<List<Parameter>> parameters =
                new ParameterChecker(definitions, bindings, diagnostics).parameters(unit.parameters(), scope);
        Optional<List<Result>> results = results(unit);
        if (unit.broken() && unit.body().isEmpty()) {
            return Optional.empty();
        }
        if (unit.kind() == UnitKind.TRANSACTION) {
            statements.declare(unit.outcomes());
        } else {
            reportOutcomes(unit, "vector", diagnostics);
        }
        Optional<List<Stmt>> body = body(unit);
        boolean inError = unit.broken() || diagnostics.errorCount() > errorsBefore;
        if (inError || parameters.isEmpty() || results.isEmpty() || body.isEmpty()) {
            return Optional.empty();
        }
        // A statement whose names are not known uses who knows what.
        if (!definitions.mayLackNames()) {
            new UnusedNames(scope, diagnostics).report(parameters.get(), unit.body());
        }
        List<Outcome> outcomes = statements.outcomes();
        return Optional.of(new UnitDefinition(
                unit.kind(),
                unit.name(),
                parameters.get(),
                results.get(),
                outcomes,
                !unit.outcomes().isEmpty(),
                body.get(),
                unit.doc()));
    }

    /** Only transactions have outcomes. */
    static void reportOutcomes(UnitDeclaration unit, String what, Diagnostics diagnostics) {
        unit.outcomes().stream()
                .findFirst()
                .ifPresent(first -> diagnostics.report(
                        Diagnostic.at(first.span(), DiagnosticCode.BAD_STATEMENT, "a " + what + " has no outcomes")
                                .help("remove `outcomes (…)`")));
    }

    private Optional<List<Stmt>> body(UnitDeclaration unit) {
        return unit.kind() == UnitKind.VECTOR
                ? new VectorChecker(definitions, scope, diagnostics).body(unit.body())
                : statements.body(unit, scope.inner());
    }

    private Optional<List<Result>> results(UnitDeclaration unit) {
        if (unit.kind() == UnitKind.VECTOR && !unit.results().isEmpty()) {
            diagnostics.report(Diagnostic.at(
                            unit.results().get(0).span(),
                            DiagnosticCode.BAD_STATEMENT,
                            "a vector returns its own result, and no others")
                    .help("copy to the address of a parameter, or make this a `transaction`"));
            return Optional.empty();
        }
        List<Optional<Result>> results = new ArrayList<>();
        for (ResultDeclaration declaration : unit.results()) {
            names.value(declaration.name());
            Optional<Result> result = definitions
                    .named(declaration.type())
                    .filter(type -> isResult(type, declaration))
                    .map(type -> new Result(declaration.name(), type));
            results.add(bindings.define(result, Scope.Local.OfResult::new, declaration.name(), scope));
        }
        return InError.all(results);
    }

    private boolean isResult(Type type, ResultDeclaration declaration) {
        if (type.isValue() && declaration.lengths().isEmpty()) {
            return true;
        }
        diagnostics.report(Diagnostic.at(
                        declaration.span(),
                        DiagnosticCode.BAD_TYPE,
                        "a result of a transaction is a number, a truth value or a pointer")
                .help("copy structs and arrays to memory that the caller passes"));
        return false;
    }
}
