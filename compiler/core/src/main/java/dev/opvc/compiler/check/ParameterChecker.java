// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Declaration.ParameterDeclaration;
import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.Span;
import dev.opvc.runtime.CpuOp;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Types the parameters of a unit. */
final class ParameterChecker {
    /** A method in Java has 255 slots for its parameters, of which a long one takes two. */
    static final int PARAMETERS_MAX = 100;

    /** A vector has no more operations to use them in, and the Java runtime's keeps that many open. */
    static final int PER_CPU_PARAMETERS_MAX = CpuOp.CPU_OP_VEC_LEN_MAX;

    private static final BigInteger MAX_OF_MAX = ScalarType.I32.max(Abi.LP64);

    private final Definitions definitions;
    private final Diagnostics diagnostics;
    private final Names names;
    private final BindingChecker bindings;

    ParameterChecker(Definitions definitions, BindingChecker bindings, Diagnostics diagnostics) {
        this.definitions = definitions;
        this.diagnostics = diagnostics;
        this.names = new Names(diagnostics);
        this.bindings = bindings;
    }

    /** Defines all parameters in the scope; empty if one is in error. */
    Optional<List<Parameter>> parameters(List<ParameterDeclaration> declarations, Scope scope) {
        checkCount(declarations, PARAMETERS_MAX, "parameters");
        checkCount(
                declarations.stream().filter(ParameterDeclaration::perCpu).toList(),
                PER_CPU_PARAMETERS_MAX,
                "percpu parameters");
        List<Optional<Parameter>> result = new ArrayList<>();
        for (ParameterDeclaration declaration : declarations) {
            names.value(declaration.name());
            result.add(
                    bindings.define(parameter(declaration), Scope.Local.OfParameter::new, declaration.name(), scope));
        }
        return InError.all(result);
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

    private Optional<Parameter> parameter(ParameterDeclaration declaration) {
        return definitions
                .named(declaration.type())
                .flatMap(type -> declaration.perCpu()
                        ? perCpuParameter(declaration, type)
                        : ordinaryParameter(declaration, type));
    }

    private Optional<Parameter> ordinaryParameter(ParameterDeclaration declaration, Type type) {
        if (!type.isValue()) {
            Diagnostic diagnostic = Diagnostic.at(
                    declaration.type().span(),
                    DiagnosticCode.BAD_PARAMETER,
                    "a parameter holds a number, a truth value or a pointer, not the struct `" + type + "`");
            boolean perCpu = type instanceof StructType struct && struct.perCpu();
            diagnostics.report(diagnostic.help(
                    perCpu
                            ? "write `percpu " + declaration.type().name() + " " + declaration.name() + "`"
                            : "pass its address: `" + declaration.type().name() + " *" + declaration.name() + "`"));
            return Optional.empty();
        }
        OptionalLong max = OptionalLong.empty();
        if (declaration.max() != null) {
            max = max(declaration.max(), type);
            if (max.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new Parameter(declaration.name(), type, false, max));
    }

    private Optional<Parameter> perCpuParameter(ParameterDeclaration declaration, Type type) {
        if (!(type instanceof StructType struct) || !struct.perCpu()) {
            Diagnostic diagnostic = Diagnostic.at(
                    declaration.type().span(),
                    DiagnosticCode.BAD_PARAMETER,
                    "`percpu` is followed by the name of a percpu struct, not by `" + type + "`");
            diagnostics.report(
                    type instanceof StructType
                            ? diagnostic.help("declare it as `percpu struct " + type + " { … }`")
                            : diagnostic.help(perCpuUsage(declaration, type)));
            return Optional.empty();
        }
        if (declaration.max() != null) {
            reportMax(declaration.max().span(), "only an unsigned integer has a `max`");
            return Optional.empty();
        }
        return Optional.of(new Parameter(declaration.name(), new PointerType(struct), true, OptionalLong.empty()));
    }

    private static String perCpuUsage(ParameterDeclaration declaration, Type type) {
        boolean pointsToSlot =
                type instanceof PointerType pointer && pointer.target() instanceof StructType struct && struct.perCpu();
        return pointsToSlot
                ? "write `percpu " + declaration.type().name() + " " + declaration.name() + "`, without a star"
                : "remove `percpu`, or name a percpu struct";
    }

    private OptionalLong max(Expression bound, Type type) {
        if (!(type instanceof ScalarType scalar) || !scalar.isInteger() || scalar.isSigned()) {
            reportMax(bound.span(), "only an unsigned integer has a `max`, not `" + type + "`");
            return OptionalLong.empty();
        }
        Optional<Expr.Constant> constant =
                new ExpressionChecker(definitions, Scope.empty(), diagnostics).constantOf(bound, scalar);
        if (constant.isEmpty()) {
            return OptionalLong.empty();
        }
        IntegerValue value = (IntegerValue) constant.get().value();
        if (!value.portable() || value.lp64().compareTo(MAX_OF_MAX) > 0) {
            reportMax(bound.span(), "a `max` is the same on every machine, and at most " + MAX_OF_MAX);
            return OptionalLong.empty();
        }
        return OptionalLong.of(value.lp64().longValueExact());
    }

    private void reportMax(Span span, String message) {
        diagnostics.report(Diagnostic.at(span, DiagnosticCode.BAD_PARAMETER, message));
    }
}
