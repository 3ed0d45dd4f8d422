// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.AddressExpr;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Types the addresses and lengths of memcpy and of a raw vector's operations. */
final class OperandChecker {
    private static final BigInteger LENGTH_MAX = ScalarType.U32.max(dev.opvc.compiler.model.Abi.LP64);

    private final ExpressionChecker expressions;
    private final Diagnostics diagnostics;

    OperandChecker(ExpressionChecker expressions, Diagnostics diagnostics) {
        this.expressions = expressions;
        this.diagnostics = diagnostics;
    }

    /** The value of a pointer, or {@code &place}. */
    @Nullable
    AddressExpr address(Expression expression) {
        if (expression instanceof Expression.Parenthesized parenthesized) {
            return address(parenthesized.inner());
        }
        if (expression instanceof Expression.Unary unary && unary.operator() == UnaryOperator.ADDRESS_OF) {
            PlaceExpr place = expressions.places().place(unary.operand());
            return place == null ? null : new AddressExpr.OfPlace(place);
        }
        Operand operand = expressions.infer(expression);
        if (operand instanceof Operand.Typed typed && typed.type() instanceof PointerType) {
            return new AddressExpr.OfPointer(typed.expr());
        }
        if (operand != null) {
            Diagnostic diagnostic = Diagnostic.at(
                    expression.span(),
                    DiagnosticCode.TYPE_MISMATCH,
                    "expected an address, found " + ExpressionChecker.describe(operand));
            boolean place = operand instanceof Operand.Typed typed && typed.expr() instanceof Expr.PlaceValue;
            diagnostics.report(
                    place ? diagnostic.help("write `&" + expression.span().excerpt() + "`") : diagnostic);
        }
        return null;
    }

    /** A constant number of bytes, or a parameter with a {@code max}. */
    @Nullable
    Length length(Expression expression) {
        Operand operand = expressions.infer(expression);
        if (operand instanceof Operand.Literal literal && literal.value() instanceof IntegerValue value) {
            return fixed(value, expression);
        }
        if (operand instanceof Operand.Typed typed) {
            if (typed.expr() instanceof Expr.Constant constant && constant.value() instanceof IntegerValue value) {
                return fixed(value, expression);
            }
            if (typed.expr() instanceof Expr.ParameterValue parameter) {
                return ofParameter(parameter, expression);
            }
        }
        if (operand != null) {
            diagnostics.report(Diagnostic.at(
                            expression.span(),
                            DiagnosticCode.BAD_CALL,
                            "a length is a constant, or a parameter with a `max`")
                    .help("declare it as a parameter: `u32 len max 64`"));
        }
        return null;
    }

    private @Nullable Length fixed(IntegerValue value, Expression expression) {
        if (value.lp64().signum() < 0 || value.lp64().max(value.ilp32()).compareTo(LENGTH_MAX) > 0) {
            diagnostics.report(Diagnostic.at(
                    expression.span(), DiagnosticCode.CONSTANT_RANGE, value.lp64() + " is no length in bytes"));
            return null;
        }
        return new Length.Fixed(value.lp64().longValueExact(), value.ilp32().longValueExact());
    }

    private @Nullable Length ofParameter(Expr.ParameterValue value, Expression expression) {
        if (value.parameter().max().isEmpty()) {
            String name = value.parameter().name();
            diagnostics.report(Diagnostic.at(
                            expression.span(),
                            DiagnosticCode.BAD_CALL,
                            "the parameter `" + name + "` has no `max`, so the vector's size is not known")
                    .note(value.parameter().identifier().span(), "declared here")
                    .help("declare it with one: `" + value.type() + " " + name + " max 64`"));
            return null;
        }
        return new Length.OfParameter(value.parameter());
    }
}
