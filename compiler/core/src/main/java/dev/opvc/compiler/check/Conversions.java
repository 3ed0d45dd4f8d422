// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.ConstantValue.DecimalValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.ConstantValue.NullValue;
import dev.opvc.compiler.model.ConstantValue.SpecialFloat;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.Span;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** From one type to another without being told: what loses nothing, and no more. */
final class Conversions {
    /** Unsigned types by what fits into what. On any machine {@code uptr} holds a u32, and a u64 holds a uptr. */
    private static final List<ScalarType> UNSIGNED =
            List.of(ScalarType.U8, ScalarType.U16, ScalarType.U32, ScalarType.UPTR, ScalarType.U64);

    private static final List<ScalarType> SIGNED =
            List.of(ScalarType.I8, ScalarType.I16, ScalarType.I32, ScalarType.I64);

    private static final List<ScalarType> FLOATS = List.of(ScalarType.F32, ScalarType.F64);

    private final Diagnostics diagnostics;

    Conversions(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** The operand in the type that is wanted; empty if it is in error, or does not fit, which is reported. */
    Optional<Expr> convert(Operand operand, Type wanted, Span span) {
        return operand.match(new Operand.Cases<>() {
            @Override
            public Optional<Expr> literal(Operand.Literal literal) {
                return ofLiteral(literal, wanted, span);
            }

            @Override
            public Optional<Expr> typed(Operand.Typed typed) {
                return ofType(typed.expr(), wanted, span);
            }

            @Override
            public Optional<Expr> erroneous(Operand.Erroneous erroneous) {
                return Optional.empty();
            }
        });
    }

    private Optional<Expr> ofType(Expr expr, Type wanted, Span span) {
        if (expr.type().equals(wanted)) {
            return Optional.of(expr);
        }
        if (widens(expr.type(), wanted)) {
            return Optional.of(widened(expr, wanted));
        }
        diagnostics.report(mismatch(expr.type(), wanted, span));
        return Optional.empty();
    }

    private static Expr widened(Expr expr, Type wanted) {
        return TypedConstants.fold(new Expr.Conversion(expr, wanted, expr.origin()));
    }

    /** The type to which both can be brought without loss, if there is one. */
    static Optional<Type> common(Type left, Type right) {
        if (left.equals(right) || widens(left, right)) {
            return Optional.of(right);
        }
        return widens(right, left) ? Optional.of(left) : Optional.empty();
    }

    private static boolean widens(Type from, Type to) {
        if (from instanceof PointerType && to instanceof PointerType pointer) {
            return pointer.target() == ScalarType.BYTE;
        }
        for (List<ScalarType> ladder : List.of(UNSIGNED, SIGNED, FLOATS)) {
            int start = ladder.indexOf(asRung(from));
            int end = ladder.indexOf(asRung(to));
            if (start >= 0 && start <= end) {
                return true;
            }
        }
        return false;
    }

    /** A byte is as wide as a u8 and stands on its rung. */
    private static Type asRung(Type type) {
        return type == ScalarType.BYTE ? ScalarType.U8 : type;
    }

    private static Diagnostic mismatch(Type from, Type wanted, Span span) {
        Diagnostic diagnostic =
                Diagnostic.at(span, DiagnosticCode.TYPE_MISMATCH, "expected `" + wanted + "`, found `" + from + "`");
        String written = span.excerpt();
        if (from instanceof ScalarType a && wanted instanceof ScalarType b && isNumber(a) && isNumber(b)) {
            return diagnostic.help("convert it: `" + b + "(" + written + ")`");
        }
        if (from instanceof PointerType && wanted instanceof PointerType pointer) {
            return diagnostic.help("if that is what lies there, write `" + cast(pointer) + "(" + written + ")`");
        }
        if (from == ScalarType.UPTR && wanted instanceof PointerType pointer) {
            return diagnostic.help("write `" + cast(pointer) + "(" + written + ")`");
        }
        if (from instanceof PointerType pointer && pointer.target().equals(wanted)) {
            return diagnostic.help("write `*" + written + "`");
        }
        if (wanted == ScalarType.BOOL && from instanceof ScalarType scalar && isNumber(scalar)) {
            return diagnostic.help("write `" + written + " != 0`");
        }
        if (from == ScalarType.BOOL && wanted instanceof ScalarType) {
            return diagnostic.help("a truth value is no number");
        }
        if (from instanceof StructType) {
            return diagnostic.help("bytes of another type are copied by `memcpy(dst, src, sizeof(" + from + "));`");
        }
        return diagnostic;
    }

    private static String cast(PointerType pointer) {
        return "cast<" + pointer + ">";
    }

    private static boolean isNumber(ScalarType type) {
        return type.isInteger() || type.isFloat();
    }

    private Optional<Expr> ofLiteral(Operand.Literal literal, Type wanted, Span span) {
        ConstantValue value = literal.value();
        if (wanted instanceof ScalarType scalar) {
            if (scalar.isInteger() && value instanceof IntegerValue integer) {
                return integer(integer, scalar, span);
            }
            if (scalar.isFloat() && !(value instanceof BoolValue) && !(value instanceof NullValue)) {
                return floating(value, scalar, span);
            }
            if (scalar == ScalarType.BOOL && value instanceof BoolValue) {
                return Optional.of(new Expr.Constant(scalar, value, new Origin(span)));
            }
        }
        if (wanted instanceof PointerType && value instanceof NullValue) {
            return Optional.of(new Expr.Constant(wanted, value, new Origin(span)));
        }
        Diagnostic diagnostic =
                Diagnostic.at(span, DiagnosticCode.TYPE_MISMATCH, "expected `" + wanted + "`, found " + literal.kind());
        if (wanted instanceof PointerType pointer && value instanceof IntegerValue) {
            diagnostic = diagnostic.help("write `null`, or `" + cast(pointer) + "(uptr(" + span.excerpt() + "))`");
        } else if (wanted == ScalarType.BOOL) {
            diagnostic = diagnostic.help("write `true` or `false`");
        }
        diagnostics.report(diagnostic);
        return Optional.empty();
    }

    private Optional<Expr> integer(IntegerValue value, ScalarType type, Span span) {
        for (Abi abi : Abi.values()) {
            BigInteger number = value.on(abi);
            if (number.compareTo(type.min(abi)) < 0 || number.compareTo(type.max(abi)) > 0) {
                Diagnostic diagnostic = Diagnostic.at(
                        span,
                        DiagnosticCode.CONSTANT_RANGE,
                        number + " does not fit `" + type + "`, which holds " + type.min(abi) + " to " + type.max(abi)
                                + (type == ScalarType.UPTR ? " where pointers have " + type.width(abi) + " bits" : ""));
                diagnostics.report(
                        number.signum() < 0 && !type.isSigned()
                                ? diagnostic.help("an unsigned constant is written without a sign; for all bits but"
                                        + " some, write `~" + type + "(…)`")
                                : diagnostic);
                return Optional.empty();
            }
        }
        return Optional.of(new Expr.Constant(type, value, new Origin(span)));
    }

    private Optional<Expr> floating(ConstantValue value, ScalarType type, Span span) {
        if (value instanceof SpecialFloat) {
            return Optional.of(new Expr.Constant(type, value, new Origin(span)));
        }
        Optional<BigDecimal> decimal = Numbers.decimal(value);
        if (decimal.isEmpty()) {
            diagnostics.report(Diagnostic.at(
                    span, DiagnosticCode.CONSTANT_RANGE, "this constant depends on the size of pointers"));
            return Optional.empty();
        }
        boolean finite = type == ScalarType.F32
                ? Float.isFinite(decimal.get().floatValue())
                : Double.isFinite(decimal.get().doubleValue());
        if (!finite) {
            diagnostics.report(Diagnostic.at(span, DiagnosticCode.CONSTANT_RANGE, "too large for `" + type + "`")
                    .help("write `inf`, if that is meant"));
            return Optional.empty();
        }
        return Optional.of(new Expr.Constant(type, new DecimalValue(decimal.get()), new Origin(span)));
    }
}
