// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Declaration.ParameterDeclaration;
import dev.opvc.compiler.ast.Declaration.ResultDeclaration;
import dev.opvc.compiler.ast.Declaration.UnitDeclaration;
import dev.opvc.compiler.ast.Identifier;
import dev.opvc.compiler.ast.Statement;
import dev.opvc.compiler.ast.UnitKind;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.UnitDefinition;
import dev.opvc.compiler.model.Value.IntegerValue;
import dev.opvc.compiler.source.Span;
import dev.opvc.runtime.CpuOp;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Types one transaction or raw vector. */
final class UnitChecker {
    /** A method in Java has 255 slots for its parameters, of which a long one takes two. */
    static final int PARAMETERS_MAX = 100;

    /** A vector has no more operations to use them in, and the Java runtime's keeps that many open. */
    static final int PER_CPU_PARAMETERS_MAX = CpuOp.CPU_OP_VEC_LEN_MAX;

    private static final BigInteger MAX_OF_MAX = ScalarType.I32.max(Abi.LP64);

    private final Definitions definitions;
    private final Diagnostics diagnostics;
    private final Names names;
    private final Scope scope = Scope.empty();
    private final StatementChecker statements;

    UnitChecker(Definitions definitions, Diagnostics diagnostics) {
        this.definitions = definitions;
        this.diagnostics = diagnostics;
        this.names = new Names(diagnostics);
        this.statements = new StatementChecker(definitions, diagnostics);
    }

    /** The unit, if nothing is wrong with it. */
    Optional<UnitDefinition> check(UnitDeclaration unit) {
        long errorsBefore = diagnostics.errorCount();
        if (unit.kind() == UnitKind.QUERY) {
            reportNoMeaning(unit.name().span(), "queries have no meaning yet", "read the slots one by one");
            return Optional.empty();
        }
        List<Parameter> parameters = parameters(unit.parameters());
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
            reportUnused(unit, parameters);
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

    private void reportNoMeaning(Span span, String message, String help) {
        diagnostics.report(
                Diagnostic.at(span, DiagnosticCode.NO_MEANING_YET, message).help(help));
    }

    private List<Parameter> parameters(List<ParameterDeclaration> declarations) {
        checkCount(declarations, PARAMETERS_MAX, "parameters");
        checkCount(
                declarations.stream().filter(ParameterDeclaration::perCpu).toList(),
                PER_CPU_PARAMETERS_MAX,
                "percpu parameters");
        List<Parameter> result = new ArrayList<>();
        for (ParameterDeclaration declaration : declarations) {
            names.value(declaration.name());
            if (!statements.defineName(declaration.name(), scope)) {
                continue;
            }
            Parameter parameter = parameter(declaration);
            if (parameter == null) {
                scope.define(new Scope.Local.Poisoned(declaration.name()));
            } else {
                scope.define(new Scope.Local.OfParameter(parameter));
                result.add(parameter);
            }
        }
        return result;
    }

    private void checkCount(List<ParameterDeclaration> declarations, int most, String what) {
        if (declarations.size() > most) {
            diagnostics.report(Diagnostic.at(
                            declarations.get(most).span(),
                            DiagnosticCode.BAD_PARAMETER,
                            "a unit has at most " + most + " " + what + ", not " + declarations.size())
                    .help("pass the address of a struct that holds them"));
        }
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
            if (!statements.defineName(declaration.name(), scope)) {
                continue;
            }
            Optional<Type> type = definitions.type(declaration.type());
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

    private @Nullable Parameter parameter(ParameterDeclaration declaration) {
        Optional<Type> type = definitions.type(declaration.type());
        if (type.isEmpty()) {
            return null;
        }
        if (declaration.perCpu()) {
            return perCpuParameter(declaration, type.get());
        }
        if (!type.get().isValue()) {
            Diagnostic diagnostic = Diagnostic.at(
                    declaration.type().span(),
                    DiagnosticCode.BAD_PARAMETER,
                    "a parameter holds a number, a truth value or a pointer, not the struct `" + type.get() + "`");
            boolean perCpu = type.get() instanceof StructType struct && struct.perCpu();
            diagnostics.report(diagnostic.help(
                    perCpu
                            ? "write `percpu " + declaration.type().name() + " " + declaration.name() + "`"
                            : "pass its address: `" + declaration.type().name() + " *" + declaration.name() + "`"));
            return null;
        }
        OptionalLong max = OptionalLong.empty();
        if (declaration.max() != null) {
            max = max(declaration, type.get());
            if (max.isEmpty()) {
                return null;
            }
        }
        return new Parameter(declaration.name(), type.get(), false, max);
    }

    private @Nullable Parameter perCpuParameter(ParameterDeclaration declaration, Type type) {
        if (!(type instanceof StructType struct) || !struct.perCpu()) {
            Diagnostic diagnostic = Diagnostic.at(
                    declaration.type().span(),
                    DiagnosticCode.BAD_PARAMETER,
                    "`percpu` is followed by the name of a percpu struct, not by `" + type + "`");
            diagnostics.report(
                    type instanceof StructType
                            ? diagnostic.help("declare it as `percpu struct " + type + " { … }`")
                            : diagnostic.help(perCpuUsage(declaration, type)));
            return null;
        }
        if (declaration.max() != null) {
            reportMax(declaration.max().span(), "only an unsigned integer has a `max`");
            return null;
        }
        return new Parameter(declaration.name(), new PointerType(struct), true, OptionalLong.empty());
    }

    private static String perCpuUsage(ParameterDeclaration declaration, Type type) {
        boolean pointsToSlot =
                type instanceof PointerType pointer && pointer.target() instanceof StructType struct && struct.perCpu();
        return pointsToSlot
                ? "write `percpu " + declaration.type().name() + " " + declaration.name() + "`, without a star"
                : "remove `percpu`, or name a percpu struct";
    }

    private OptionalLong max(ParameterDeclaration declaration, Type type) {
        var bound = java.util.Objects.requireNonNull(declaration.max());
        if (!(type instanceof ScalarType scalar) || !scalar.isInteger() || scalar.isSigned()) {
            reportMax(bound.span(), "only an unsigned integer has a `max`, not `" + type + "`");
            return OptionalLong.empty();
        }
        Expr.Constant constant =
                new ExpressionChecker(definitions, Scope.empty(), diagnostics).constantOf(bound, scalar);
        if (constant == null) {
            return OptionalLong.empty();
        }
        IntegerValue value = (IntegerValue) constant.value();
        if (!value.portable() || value.lp64().compareTo(MAX_OF_MAX) > 0) {
            reportMax(bound.span(), "a `max` is the same on every machine, and at most " + MAX_OF_MAX);
            return OptionalLong.empty();
        }
        return OptionalLong.of(value.lp64().longValueExact());
    }

    private void reportMax(Span span, String message) {
        diagnostics.report(Diagnostic.at(span, DiagnosticCode.BAD_PARAMETER, message));
    }

    private void reportUnused(UnitDeclaration unit, List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            if (!scope.isUsed(parameter.name())) {
                reportUnused(parameter.identifier(), DiagnosticCode.UNUSED_PARAMETER, "the parameter");
            }
        }
        reportUnusedBindings(unit.body());
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
