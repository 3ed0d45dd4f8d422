// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.ast.BinaryOperator;
import dev.opvc.compiler.ast.BinaryOperator.Group;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Place.IndexSelector;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.RangeCheck;

/**
 * Lowers values that need no memory: what has to be checked before they can be evaluated becomes steps of the
 * preparation. What needs memory has no meaning yet, and is reported.
 */
final class ValueLowering {
    private final PathBuilder path;
    private final Diagnostics diagnostics;

    ValueLowering(PathBuilder path, Diagnostics diagnostics) {
        this.path = path;
        this.diagnostics = diagnostics;
    }

    /** Adds the checks that a value needs, or reports why it cannot be had. */
    boolean value(Expr expr, Span span) {
        if (!Purity.isPure(expr)) {
            reportNoMeaning(span, "a value that is read from memory and computed with has no meaning yet");
            return false;
        }
        return checks(expr, span);
    }

    /** Adds the checks that a place's address needs, or reports why it cannot be had. */
    boolean place(Place place, Span span) {
        if (!Purity.isPure(place.pointer())) {
            reportNoMeaning(span, "following a pointer that is read from memory has no meaning yet");
            return false;
        }
        boolean known = checks(place.pointer(), span);
        for (Place.Selector selector : place.selectors()) {
            if (selector instanceof IndexSelector index) {
                known &= value(index.index(), span);
                if (!(index.index() instanceof Expr.Constant)) {
                    path.check(new RangeCheck.Index(index.index(), index.array().length()));
                }
            }
        }
        return known;
    }

    void reportNoMeaning(Span span, String message) {
        diagnostics.report(Diagnostic.at(span, DiagnosticCode.NO_MEANING_YET, message)
                .help("read it before the call, pass it as a parameter, and guard it with `==`"));
    }

    private boolean checks(Expr expr, Span span) {
        if (expr instanceof Expr.Unary unary) {
            return arithmeticOnFloat(unary.type(), span) && checks(unary.operand(), span);
        }
        if (expr instanceof Expr.Conversion conversion) {
            return conversionOfFloat(conversion, span) && checks(conversion.operand(), span);
        }
        if (expr instanceof Expr.Comparison comparison) {
            return arithmeticOnFloat(comparison.left().type(), span)
                    && checks(comparison.left(), span)
                    && checks(comparison.right(), span);
        }
        if (expr instanceof Expr.Logical logical) {
            return logical(logical, span);
        }
        return !(expr instanceof Expr.Binary binary) || binary(binary, span);
    }

    private boolean binary(Expr.Binary binary, Span span) {
        if (!arithmeticOnFloat(binary.type(), span) || !checks(binary.left(), span) || !checks(binary.right(), span)) {
            return false;
        }
        boolean known = binary.right() instanceof Expr.Constant;
        if (binary.operator().group() == Group.SHIFT && !known) {
            path.check(new RangeCheck.ShiftCount(binary.right(), (ScalarType) binary.type()));
        }
        if ((binary.operator() == BinaryOperator.DIVIDE || binary.operator() == BinaryOperator.REMAINDER) && !known) {
            path.check(new RangeCheck.Divisor(binary.right()));
        }
        return true;
    }

    /** The right side's checks may only be made where the left side does not decide. */
    private boolean logical(Expr.Logical logical, Span span) {
        if (!checks(logical.left(), span)) {
            return false;
        }
        if (canFail(logical.right())) {
            diagnostics.report(Diagnostic.at(
                            span,
                            DiagnosticCode.NO_MEANING_YET,
                            "a division or shift by a value, right of `"
                                    + logical.operator().symbol() + "`, has no meaning yet")
                    .help("compute it before, with `let`"));
            return false;
        }
        return checks(logical.right(), span);
    }

    private static boolean canFail(Expr expr) {
        if (expr instanceof Expr.Binary binary) {
            boolean checked = binary.operator().group() == Group.SHIFT
                    || binary.operator() == BinaryOperator.DIVIDE
                    || binary.operator() == BinaryOperator.REMAINDER;
            return (checked && !(binary.right() instanceof Expr.Constant))
                    || canFail(binary.left())
                    || canFail(binary.right());
        }
        if (expr instanceof Expr.Unary unary) {
            return canFail(unary.operand());
        }
        if (expr instanceof Expr.Conversion conversion) {
            return canFail(conversion.operand());
        }
        if (expr instanceof Expr.Comparison comparison) {
            return canFail(comparison.left()) || canFail(comparison.right());
        }
        return expr instanceof Expr.Logical logical && (canFail(logical.left()) || canFail(logical.right()));
    }

    private boolean arithmeticOnFloat(dev.opvc.compiler.model.Type type, Span span) {
        if (type instanceof ScalarType scalar && scalar.isFloat()) {
            reportFloat(span);
            return false;
        }
        return true;
    }

    private boolean conversionOfFloat(Expr.Conversion conversion, Span span) {
        return arithmeticOnFloat(conversion.type(), span)
                && arithmeticOnFloat(conversion.operand().type(), span);
    }

    private void reportFloat(Span span) {
        diagnostics.report(
                Diagnostic.at(span, DiagnosticCode.NO_MEANING_YET, "computing with floats has no meaning yet")
                        .help("compute it before the call, and store the result"));
    }
}
