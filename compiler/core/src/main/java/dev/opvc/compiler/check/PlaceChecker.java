// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;
import dev.opvc.compiler.model.Origin;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Types places: {@code *p} or {@code p->f}, followed by any number of {@code .f}, {@code ->f} and {@code [e]}. */
final class PlaceChecker {
    private static final String POINTERS_ARE_NOT_INDEXED = "point at a struct that holds an array, and index its field";

    private final ExpressionChecker expressions;
    private final Diagnostics diagnostics;

    PlaceChecker(ExpressionChecker expressions, Diagnostics diagnostics) {
        this.expressions = expressions;
        this.diagnostics = diagnostics;
    }

    /** What a place holds, as an operand. */
    @Nullable
    Operand value(Expression expression) {
        PlaceExpr place = place(expression);
        return place != null && expressions.surroundings().mayRead(place, expression.span())
                ? new Operand.Typed(new Expr.PlaceValue(place, place.origin()))
                : null;
    }

    /** The place that an expression stands for; null and a report if it stands for none. */
    @Nullable
    PlaceExpr place(Expression expression) {
        if (expression instanceof Expression.Parenthesized parenthesized) {
            return place(parenthesized.inner());
        }
        if (expression instanceof Expression.Unary unary && unary.operator() == UnaryOperator.DEREFERENCE) {
            Expr pointer = expressions.pointer(unary.operand());
            return pointer == null ? null : complete(PlaceExpr.target(pointer, new Origin(expression.span())));
        }
        if (expression instanceof Expression.Member member) {
            return member.arrow() ? throughPointer(member) : within(member);
        }
        if (expression instanceof Expression.Index index) {
            return element(index);
        }
        if (!(expression instanceof Expression.Broken)) {
            reportNoPlace(expression);
        }
        return null;
    }

    private void reportNoPlace(Expression expression) {
        String written = expression.span().excerpt();
        Diagnostic diagnostic =
                Diagnostic.at(expression.span(), DiagnosticCode.NOT_A_PLACE, "`" + written + "` is no place in memory");
        diagnostics.report(diagnostic.help(
                expressions.isPointerName(expression)
                        ? "it is a pointer; a place is `*" + written + "` or `" + written + "->f`"
                        : "a place is `*p` or `p->f`, then `.f`, `->f` and `[i]`"));
    }

    /** A struct in error has been reported; what is in it is not known. */
    private static @Nullable PlaceExpr complete(PlaceExpr place) {
        return place.type() instanceof StructType struct && !struct.complete() ? null : place;
    }

    private @Nullable PlaceExpr throughPointer(Expression.Member member) {
        Expr pointer = expressions.pointer(member.base());
        if (pointer == null) {
            return null;
        }
        return field(member, PlaceExpr.target(pointer, pointer.origin()), "->");
    }

    private @Nullable PlaceExpr within(Expression.Member member) {
        if (expressions.isPointerName(member.base())) {
            reportDotOnPointer(member);
            return null;
        }
        PlaceExpr base = place(member.base());
        if (base == null) {
            return null;
        }
        if (base.type() instanceof PointerType) {
            reportDotOnPointer(member);
            return null;
        }
        return field(member, base, ".");
    }

    private void reportDotOnPointer(Expression.Member member) {
        String written = member.base().span().excerpt();
        diagnostics.report(Diagnostic.at(member.span(), DiagnosticCode.TYPE_MISMATCH, "`" + written + "` is a pointer")
                .help("write `" + written + "->" + member.field() + "`"));
    }

    private @Nullable PlaceExpr field(Expression.Member member, PlaceExpr base, String operator) {
        if (!(base.type() instanceof StructType struct)) {
            diagnostics.report(Diagnostic.at(
                    member.field().span(),
                    DiagnosticCode.UNKNOWN_FIELD,
                    "`" + operator + "` leads into a struct, and this is `" + base.type() + "`"));
            return null;
        }
        Optional<Field> field = struct.field(member.field().text());
        if (field.isEmpty()) {
            if (struct.complete()) {
                Diagnostic diagnostic = Diagnostic.at(
                                member.field().span(),
                                DiagnosticCode.UNKNOWN_FIELD,
                                "`" + struct + "` has no field `" + member.field() + "`")
                        .note(struct.identifier().span(), "declared here");
                diagnostics.report(Suggestions.among(
                                member.field().text(),
                                struct.fields().stream().map(Field::name).toList())
                        .map(diagnostic::help)
                        .orElse(diagnostic));
            }
            return null;
        }
        return complete(base.field(struct, field.get(), new Origin(member.span())));
    }

    private @Nullable PlaceExpr element(Expression.Index expression) {
        Expr index = expressions.integer(expression.index());
        if (expressions.isPointerName(expression.base())) {
            reportNoArray(expression, "a pointer", POINTERS_ARE_NOT_INDEXED);
            return null;
        }
        PlaceExpr base = place(expression.base());
        if (base == null || index == null) {
            return null;
        }
        if (!(base.type() instanceof ArrayType array)) {
            reportNoArray(
                    expression,
                    "`" + base.type() + "`",
                    base.type() instanceof PointerType ? POINTERS_ARE_NOT_INDEXED : "remove the index");
            return null;
        }
        if (index instanceof Expr.Constant constant && !within((IntegerValue) constant.value(), array)) {
            diagnostics.report(Diagnostic.at(
                    expression.index().span(),
                    DiagnosticCode.OUT_OF_RANGE,
                    "index " + ((IntegerValue) constant.value()).lp64() + " is outside 0 to " + (array.length() - 1)));
            return null;
        }
        return complete(base.element(index, array, new Origin(expression.span())));
    }

    private void reportNoArray(Expression.Index expression, String what, String help) {
        diagnostics.report(Diagnostic.at(
                        expression.span(),
                        DiagnosticCode.TYPE_MISMATCH,
                        "`[…]` leads into an array, and `"
                                + expression.base().span().excerpt() + "` is " + what)
                .help(help));
    }

    private static boolean within(IntegerValue index, ArrayType array) {
        BigInteger length = BigInteger.valueOf(array.length());
        return index.lp64().signum() >= 0
                && index.ilp32().signum() >= 0
                && index.lp64().compareTo(length) < 0
                && index.ilp32().compareTo(length) < 0;
    }
}
