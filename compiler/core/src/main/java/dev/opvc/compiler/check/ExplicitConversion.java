// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;

/** Types {@code u32(e)} and {@code cast<T>(e)}. */
final class ExplicitConversion {
    private final ExpressionChecker expressions;
    private final Conversions conversions;
    private final Definitions definitions;
    private final Diagnostics diagnostics;

    ExplicitConversion(
            ExpressionChecker expressions, Conversions conversions, Definitions definitions, Diagnostics diagnostics) {
        this.expressions = expressions;
        this.conversions = conversions;
        this.definitions = definitions;
        this.diagnostics = diagnostics;
    }

    Operand check(Expression.Conversion conversion) {
        Operand operand = expressions.infer(conversion.operand());
        return definitions
                .named(conversion.type())
                .map(type -> operand.match(new Kinds(conversion, type)))
                .orElse(Operand.ERRONEOUS);
    }

    /** Converts each kind of operand. */
    private final class Kinds implements Operand.Cases<Operand> {
        private final Expression.Conversion conversion;
        private final Type type;

        Kinds(Expression.Conversion conversion, Type type) {
            this.conversion = conversion;
            this.type = type;
        }

        @Override
        public Operand literal(Operand.Literal literal) {
            if (literal.value() instanceof BoolValue truth && type != ScalarType.BOOL && isNumber(type)) {
                Expr known = new Expr.Constant(ScalarType.BOOL, truth, new Origin(conversion.span()));
                return convert(known, type, conversion);
            }
            return conversions
                    .convert(literal, type, conversion.operand().span())
                    .<Operand>map(Operand.Typed::new)
                    .orElse(Operand.ERRONEOUS);
        }

        @Override
        public Operand typed(Operand.Typed typed) {
            return convert(typed.expr(), type, conversion);
        }

        @Override
        public Operand erroneous(Operand.Erroneous erroneous) {
            return erroneous;
        }
    }

    private Operand convert(Expr expr, Type type, Expression.Conversion conversion) {
        if (!defined(expr.type(), type)) {
            Diagnostic diagnostic = Diagnostic.at(
                    conversion.span(),
                    DiagnosticCode.TYPE_MISMATCH,
                    "there is no conversion from `" + expr.type() + "` to `" + type + "`");
            boolean viaUptr = expr.type() instanceof PointerType || type instanceof PointerType;
            boolean toBool = type == ScalarType.BOOL;
            diagnostics.report(
                    viaUptr
                            ? diagnostic.help("pointers convert to and from `uptr`")
                            : toBool ? diagnostic.help("compare it, for instance with `!= 0`") : diagnostic);
            return Operand.ERRONEOUS;
        }
        return new Operand.Typed(
                expr.type().equals(type)
                        ? expr
                        : TypedConstants.fold(new Expr.Conversion(expr, type, new Origin(conversion.span()))));
    }

    private static boolean defined(Type from, Type to) {
        if (from instanceof PointerType || to instanceof PointerType) {
            return (from instanceof PointerType || from == ScalarType.UPTR)
                    && (to instanceof PointerType || to == ScalarType.UPTR);
        }
        return from.equals(to)
                || (isNumber(from) && isNumber(to))
                || (from == ScalarType.BOOL && to instanceof ScalarType scalar && scalar.isInteger());
    }

    private static boolean isNumber(Type type) {
        return type instanceof ScalarType scalar && (scalar.isInteger() || scalar.isFloat());
    }
}
