// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.AddressExpr;
import dev.opvc.compiler.model.ByteCount;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import java.math.BigInteger;
import java.util.Optional;

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
    Optional<AddressExpr> address(Expression expression) {
        if (expression instanceof Expression.Parenthesized parenthesized) {
            return address(parenthesized.inner());
        }
        if (expression instanceof Expression.Unary unary && unary.operator() == UnaryOperator.ADDRESS_OF) {
            return expressions.places().place(unary.operand()).map(AddressExpr.OfPlace::new);
        }
        return expressions.infer(expression).match(new Operand.Cases<>() {
            @Override
            public Optional<AddressExpr> literal(Operand.Literal literal) {
                diagnostics.report(notAnAddress(literal, expression));
                return Optional.empty();
            }

            @Override
            public Optional<AddressExpr> typed(Operand.Typed typed) {
                if (typed.type() instanceof PointerType) {
                    return Optional.of(new AddressExpr.OfPointer(typed.expr()));
                }
                Diagnostic diagnostic = notAnAddress(typed, expression);
                diagnostics.report(
                        typed.expr() instanceof Expr.PlaceValue
                                ? diagnostic.help("write `&" + expression.span().excerpt() + "`")
                                : diagnostic);
                return Optional.empty();
            }

            @Override
            public Optional<AddressExpr> erroneous(Operand.Erroneous erroneous) {
                return Optional.empty();
            }
        });
    }

    private static Diagnostic notAnAddress(Operand operand, Expression expression) {
        return Diagnostic.at(
                expression.span(),
                DiagnosticCode.TYPE_MISMATCH,
                "expected an address, found " + ExpressionChecker.describe(operand));
    }

    /** The length of a copy: any integer, of which the largest value is found when it is lowered. */
    Optional<ByteCount> computedLength(Expression expression) {
        if (!(expressions.infer(expression) instanceof Operand.Typed typed)) {
            return length(expression);
        }
        if (!(typed.type() instanceof ScalarType type) || !type.isInteger()) {
            return noInteger(typed.type(), expression);
        }
        return typed.expr() instanceof Expr.Constant || hasMax(typed.expr())
                ? length(expression)
                : Optional.of(new ByteCount.Computed(typed.expr()));
    }

    private Optional<ByteCount> noInteger(Type type, Expression expression) {
        Diagnostic diagnostic =
                Diagnostic.at(expression.span(), DiagnosticCode.BAD_CALL, "a length is an integer, not `" + type + "`");
        diagnostics.report(
                type instanceof ScalarType
                        ? diagnostic.help(
                                "convert it: `u32(" + expression.span().excerpt() + ")`")
                        : diagnostic);
        return Optional.empty();
    }

    private static boolean hasMax(Expr expr) {
        return expr instanceof Expr.ParameterValue value
                && value.parameter().max().isPresent();
    }

    /** A constant number of bytes, or a parameter with a {@code max}. */
    Optional<ByteCount> length(Expression expression) {
        return expressions.infer(expression).match(new Operand.Cases<>() {
            @Override
            public Optional<ByteCount> literal(Operand.Literal literal) {
                return literal.value() instanceof IntegerValue value ? fixed(value, expression) : refused();
            }

            @Override
            public Optional<ByteCount> typed(Operand.Typed typed) {
                if (typed.expr() instanceof Expr.Constant constant && constant.value() instanceof IntegerValue value) {
                    return fixed(value, expression);
                }
                return typed.expr() instanceof Expr.ParameterValue parameter
                        ? ofParameter(parameter, expression)
                        : refused();
            }

            @Override
            public Optional<ByteCount> erroneous(Operand.Erroneous erroneous) {
                return Optional.empty();
            }

            private Optional<ByteCount> refused() {
                diagnostics.report(Diagnostic.at(
                                expression.span(),
                                DiagnosticCode.BAD_CALL,
                                "a length is a constant, or a parameter with a `max`")
                        .help("declare it as a parameter: `u32 len max 64`"));
                return Optional.empty();
            }
        });
    }

    private Optional<ByteCount> fixed(IntegerValue value, Expression expression) {
        if (value.lp64().signum() < 0 || value.lp64().max(value.ilp32()).compareTo(LENGTH_MAX) > 0) {
            diagnostics.report(Diagnostic.at(
                    expression.span(), DiagnosticCode.CONSTANT_RANGE, value.lp64() + " is no length in bytes"));
            return Optional.empty();
        }
        return Optional.of(
                new ByteCount.Known(value.lp64().longValueExact(), value.ilp32().longValueExact()));
    }

    private Optional<ByteCount> ofParameter(Expr.ParameterValue value, Expression expression) {
        if (value.parameter().max().isEmpty()) {
            String name = value.parameter().name();
            diagnostics.report(Diagnostic.at(
                            expression.span(),
                            DiagnosticCode.BAD_CALL,
                            "the parameter `" + name + "` has no `max`, so the vector's size is not known")
                    .note(value.parameter().identifier().span(), "declared here")
                    .help("declare it with one: `" + value.type() + " " + name + " max 64`"));
            return Optional.empty();
        }
        return Optional.of(new ByteCount.OfParameter(value.parameter()));
    }
}
