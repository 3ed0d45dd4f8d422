// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.source.Span;

/** Types operators before their operand. */
final class UnaryChecker {
    private final ExpressionChecker expressions;
    private final Diagnostics diagnostics;

    UnaryChecker(ExpressionChecker expressions, Diagnostics diagnostics) {
        this.expressions = expressions;
        this.diagnostics = diagnostics;
    }

    Operand check(Expression.Unary unary) {
        return switch (unary.operator()) {
            case DEREFERENCE -> expressions.places().value(unary);
            case ADDRESS_OF -> {
                diagnostics.report(Diagnostic.at(
                                unary.span(),
                                DiagnosticCode.BAD_STATEMENT,
                                "an address can only be an operand of memcpy or of a vector's operation")
                        .help("pass the address as a parameter"));
                yield Operand.ERRONEOUS;
            }
            case NOT ->
                expressions
                        .condition(unary.operand())
                        .map(operand -> negated(operand, unary.span()))
                        .orElse(Operand.ERRONEOUS);
            case NEGATE, COMPLEMENT -> expressions.infer(unary.operand()).match(new Arithmetic(unary));
        };
    }

    private static Operand negated(Expr operand, Span span) {
        if (operand instanceof Expr.Constant constant && constant.value() instanceof BoolValue value) {
            return new Operand.Literal(new BoolValue(!value.value()));
        }
        return new Operand.Typed(new Expr.Unary(UnaryOperator.NOT, operand, ScalarType.BOOL, new Origin(span)));
    }

    /** A sign or a complement, before each kind of operand. */
    private final class Arithmetic implements Operand.Cases<Operand> {
        private final Expression.Unary unary;
        private final boolean negate;

        Arithmetic(Expression.Unary unary) {
            this.unary = unary;
            this.negate = unary.operator() == UnaryOperator.NEGATE;
        }

        @Override
        public Operand literal(Operand.Literal literal) {
            try {
                return new Operand.Literal(
                        negate ? Numbers.negate(literal.value()) : Numbers.complement(literal.value()));
            } catch (Numbers.UndefinedException e) {
                return refused(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public Operand typed(Operand.Typed typed) {
            boolean defined =
                    typed.type() instanceof ScalarType type && (type.isInteger() || (negate && type.isFloat()));
            if (!defined) {
                return refused(
                        "`" + unary.operator().symbol() + "` is not defined for " + ExpressionChecker.describe(typed));
            }
            return new Operand.Typed(TypedConstants.fold(
                    new Expr.Unary(unary.operator(), typed.expr(), typed.type(), new Origin(unary.span()))));
        }

        @Override
        public Operand erroneous(Operand.Erroneous erroneous) {
            return erroneous;
        }

        private Operand refused(String why) {
            diagnostics.report(Diagnostic.at(unary.span(), DiagnosticCode.NOT_DEFINED_ON_TYPE, why));
            return Operand.ERRONEOUS;
        }
    }
}
