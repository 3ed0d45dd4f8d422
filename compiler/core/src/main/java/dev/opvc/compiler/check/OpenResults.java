// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Declaration.ResultDeclaration;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Results that are as long as the array that they are assigned, {@code u64 bucket[]}: which type they turn out to have. */
final class OpenResults {
    /** No array has it, until the result is assigned one. */
    private static final long NOT_KNOWN = 0;

    private final Diagnostics diagnostics;
    private final Map<Result, Result> known = new HashMap<>();

    OpenResults(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Whether a result is declared so. */
    static boolean isOpen(ResultDeclaration declaration) {
        return declaration.lengths().size() == 1 && declaration.lengths().get(0).length() == null;
    }

    /** The type that such a result has at first. */
    static Type of(Type element) {
        return new ArrayType(element, NOT_KNOWN, true);
    }

    static boolean isOpen(Result result) {
        return result.type() instanceof ArrayType array && array.length() == NOT_KNOWN;
    }

    /** What is assigned to such a result, which gets its type; empty and a report if its length is known, or it is none. */
    Optional<Expr> assign(Result result, Operand value, Span span) {
        if (value.equals(Operand.ERRONEOUS)) {
            return Optional.empty();
        }
        Type element = ((ArrayType) result.type()).element();
        if (value instanceof Operand.Typed typed
                && typed.type() instanceof ArrayType array
                && array.sized()
                && array.element().equals(element)) {
            known.put(result, new Result(result.identifier(), array));
            return Optional.of(typed.expr());
        }
        diagnostics.report(Diagnostic.at(
                        span,
                        DiagnosticCode.TYPE_MISMATCH,
                        "`" + result.name() + "` is as long as an array of `" + element
                                + "` that was given its length when it was allocated, and this is "
                                + ExpressionChecker.describe(value))
                .help("fold such an array, or write its length: `" + element + " " + result.name() + "[…]`"));
        return Optional.empty();
    }

    /** The result with the type that it turned out to have. */
    Result known(Result result) {
        return known.getOrDefault(result, result);
    }

    List<Result> known(List<Result> results) {
        return results.stream().map(this::known).toList();
    }
}
