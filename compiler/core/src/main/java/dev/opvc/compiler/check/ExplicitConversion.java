// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;
import dev.opvc.compiler.model.Origin;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    @Nullable
    Operand check(Expression.Conversion conversion) {
        Operand operand = expressions.infer(conversion.operand());
        Optional<Type> type = definitions.type(conversion.type());
        if (operand == null || type.isEmpty()) {
            return null;
        }
        if (operand instanceof Operand.Literal) {
            Expr constant = conversions.convert(
                    operand, type.get(), conversion.operand().span());
            return constant == null ? null : new Operand.Typed(constant);
        }
        Expr expr = ((Operand.Typed) operand).expr();
        if (!defined(expr.type(), type.get())) {
            Diagnostic diagnostic = Diagnostic.at(
                    conversion.span(),
                    DiagnosticCode.TYPE_MISMATCH,
                    "there is no conversion from `" + expr.type() + "` to `" + type.get() + "`");
            boolean viaUptr = expr.type() instanceof PointerType || type.get() instanceof PointerType;
            boolean toBool = type.get() == ScalarType.BOOL;
            diagnostics.report(
                    viaUptr
                            ? diagnostic.help("pointers convert to and from `uptr`")
                            : toBool ? diagnostic.help("compare it, for instance with `!= 0`") : diagnostic);
            return null;
        }
        if (expr instanceof Expr.Constant constant
                && constant.value() instanceof IntegerValue
                && type.get() instanceof ScalarType scalar
                && scalar.isInteger()) {
            return new Operand.Typed(TypedConstants.convert(constant, scalar));
        }
        return new Operand.Typed(
                expr.type().equals(type.get())
                        ? expr
                        : new Expr.Conversion(expr, type.get(), new Origin(conversion.span())));
    }

    private static boolean defined(Type from, Type to) {
        if (from instanceof PointerType || to instanceof PointerType) {
            return (from instanceof PointerType || from == ScalarType.UPTR)
                    && (to instanceof PointerType || to == ScalarType.UPTR);
        }
        return from.equals(to) || (isNumber(from) && isNumber(to));
    }

    private static boolean isNumber(Type type) {
        return type instanceof ScalarType scalar && (scalar.isInteger() || scalar.isFloat());
    }
}
