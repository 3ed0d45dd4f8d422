// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.BinaryOperator.Group;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.Span;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Types operators with two operands. */
final class BinaryChecker {
    private final ExpressionChecker expressions;
    private final Conversions conversions;
    private final Diagnostics diagnostics;

    BinaryChecker(ExpressionChecker expressions, Conversions conversions, Diagnostics diagnostics) {
        this.expressions = expressions;
        this.conversions = conversions;
        this.diagnostics = diagnostics;
    }

    Operand check(Expression.Binary binary) {
        return switch (binary.operator().group()) {
            case LOGICAL -> logical(binary);
            case SHIFT -> expressions.infer(binary.left()).match(new Shifted(binary));
            case COMPARISON, ARITHMETIC, BITWISE ->
                expressions.infer(binary.left()).match(new Left(binary));
        };
    }

    /** A shift, by the kind of its left side. */
    private final class Shifted implements Operand.Cases<Operand> {
        private final Expression.Binary binary;

        Shifted(Expression.Binary binary) {
            this.binary = binary;
        }

        @Override
        public Operand literal(Operand.Literal left) {
            return expressions.infer(binary.right()).match(new Operand.Cases<>() {
                @Override
                public Operand literal(Operand.Literal right) {
                    return literals(binary, left, right);
                }

                @Override
                public Operand typed(Operand.Typed right) {
                    report(
                            binary.left().span(),
                            DiagnosticCode.TYPE_MISMATCH,
                            "a literal shifted by a value has no type",
                            "give it one, for instance `u64("
                                    + binary.left().span().excerpt() + ")`");
                    return Operand.ERRONEOUS;
                }

                @Override
                public Operand erroneous(Operand.Erroneous right) {
                    return right;
                }
            });
        }

        @Override
        public Operand typed(Operand.Typed left) {
            return shift(binary, left);
        }

        @Override
        public Operand erroneous(Operand.Erroneous left) {
            expressions.infer(binary.right());
            return left;
        }
    }

    /** Any other operator on values, by the kind of its left side. */
    private final class Left implements Operand.Cases<Operand> {
        private final Expression.Binary binary;

        Left(Expression.Binary binary) {
            this.binary = binary;
        }

        @Override
        public Operand literal(Operand.Literal left) {
            return expressions.infer(binary.right()).match(new Operand.Cases<>() {
                @Override
                public Operand literal(Operand.Literal right) {
                    return literals(binary, left, right);
                }

                @Override
                public Operand typed(Operand.Typed right) {
                    return ofType(binary, left, right, right.type());
                }

                @Override
                public Operand erroneous(Operand.Erroneous right) {
                    return right;
                }
            });
        }

        @Override
        public Operand typed(Operand.Typed left) {
            return expressions.infer(binary.right()).match(new Operand.Cases<>() {
                @Override
                public Operand literal(Operand.Literal right) {
                    return ofType(binary, left, right, left.type());
                }

                @Override
                public Operand typed(Operand.Typed right) {
                    return commonType(binary, left.type(), right.type())
                            .map(type -> ofType(binary, left, right, type))
                            .orElse(Operand.ERRONEOUS);
                }

                @Override
                public Operand erroneous(Operand.Erroneous right) {
                    return right;
                }
            });
        }

        @Override
        public Operand erroneous(Operand.Erroneous left) {
            expressions.infer(binary.right());
            return left;
        }
    }

    /** An operator on sides that are brought to one type: a literal takes the other's, two types the wider one. */
    private Operand ofType(Expression.Binary binary, Operand left, Operand right, Type type) {
        if (!defined(binary.operator(), type)) {
            reportUndefined(binary, left, right);
            return Operand.ERRONEOUS;
        }
        Optional<Expr> a = conversions.convert(left, type, binary.left().span());
        Optional<Expr> b = conversions.convert(right, type, binary.right().span());
        if (a.isEmpty() || b.isEmpty()) {
            return Operand.ERRONEOUS;
        }
        return binary.operator().group() == Group.COMPARISON
                ? comparison(binary, a.get(), b.get())
                : arithmetic(binary, a.get(), b.get(), type);
    }

    private Operand literals(Expression.Binary binary, Operand.Literal a, Operand.Literal b) {
        try {
            return new Operand.Literal(Numbers.binary(binary.operator(), a.value(), b.value()));
        } catch (Numbers.UndefinedException e) {
            report(binary.span(), DiagnosticCode.NOT_DEFINED_ON_TYPE, String.valueOf(e.getMessage()));
            return Operand.ERRONEOUS;
        }
    }

    private Operand logical(Expression.Binary binary) {
        Optional<Expr> left = expressions.condition(binary.left());
        Optional<Expr> right = expressions.condition(binary.right());
        return left.isEmpty() || right.isEmpty() ? Operand.ERRONEOUS : logical(binary, left.get(), right.get());
    }

    private Operand logical(Expression.Binary binary, Expr left, Expr right) {
        if (left instanceof Expr.Constant a && right instanceof Expr.Constant b) {
            boolean first = ((BoolValue) a.value()).value();
            boolean second = ((BoolValue) b.value()).value();
            boolean both = binary.operator() == BinaryOperator.LOGICAL_AND;
            return new Operand.Literal(new BoolValue(both ? first && second : first || second));
        }
        boolean deciding = binary.operator() == BinaryOperator.LOGICAL_OR;
        if (isConstant(left, deciding) || isConstant(right, deciding)) {
            expressions.reportConstant(deciding, binary.span());
        }
        Expr.Sides written = new Expr.Sides(binary.left().span(), binary.right().span());
        return new Operand.Typed(new Expr.Logical(binary.operator(), left, right, written, new Origin(binary.span())));
    }

    private static boolean isConstant(Expr condition, boolean value) {
        return condition instanceof Expr.Constant constant
                && constant.value() instanceof BoolValue known
                && known.value() == value;
    }

    private Optional<Type> commonType(Expression.Binary binary, Type a, Type b) {
        Optional<Type> common = Conversions.common(a, b);
        if (common.isEmpty()) {
            Diagnostic diagnostic = Diagnostic.at(
                    binary.span(),
                    DiagnosticCode.TYPE_MISMATCH,
                    "`" + binary.operator().symbol() + "` has operands of `" + a + "` and `" + b + "`");
            boolean numbers = a instanceof ScalarType && b instanceof ScalarType;
            diagnostics.report(
                    numbers
                            ? diagnostic.help("convert one to the other's type, for instance `" + a + "("
                                    + binary.right().span().excerpt() + ")`")
                            : diagnostic);
        }
        return common;
    }

    private static boolean defined(BinaryOperator operator, Type type) {
        boolean equality = operator == BinaryOperator.EQUAL || operator == BinaryOperator.NOT_EQUAL;
        if (type instanceof PointerType || type == ScalarType.BOOL) {
            return equality;
        }
        if (!(type instanceof ScalarType scalar)) {
            return false;
        }
        return switch (operator.group()) {
            case COMPARISON -> true;
            case ARITHMETIC -> scalar.isInteger() || operator != BinaryOperator.REMAINDER;
            default -> scalar.isInteger();
        };
    }

    private Operand shift(Expression.Binary binary, Operand.Typed typed) {
        if (!(typed.type() instanceof ScalarType type) || !type.isInteger()) {
            reportUndefined(binary, typed, typed);
            return Operand.ERRONEOUS;
        }
        Origin origin = new Origin(binary.span());
        return shiftCount(binary.right(), type)
                .map(count -> new Expr.Binary(binary.operator(), typed.expr(), count, type, origin))
                .<Operand>map(shift -> new Operand.Typed(TypedConstants.fold(shift)))
                .orElse(Operand.ERRONEOUS);
    }

    /** How far a value of a type is shifted: an unsigned integer, below the type's width if that is known. */
    Optional<Expr> shiftCount(Expression expression, ScalarType shifted) {
        return expressions.integer(expression).flatMap(count -> shiftCount(count, expression, shifted));
    }

    private Optional<Expr> shiftCount(Expr count, Expression expression, ScalarType shifted) {
        if (count instanceof Expr.Constant constant) {
            for (Abi abi : Abi.values()) {
                BigInteger bits = ((IntegerValue) constant.value()).on(abi);
                if (bits.signum() < 0 || bits.compareTo(BigInteger.valueOf(shifted.width(abi))) >= 0) {
                    report(
                            expression.span(),
                            DiagnosticCode.SHIFT_RANGE,
                            "a `" + shifted + "` can be shifted by 0 to " + (shifted.width(abi) - 1) + " bits, not by "
                                    + bits);
                    return Optional.empty();
                }
            }
            return Optional.of(TypedConstants.convert(constant, ScalarType.U32));
        }
        if (((ScalarType) count.type()).isSigned()) {
            report(
                    expression.span(),
                    DiagnosticCode.TYPE_MISMATCH,
                    "the count of a shift is unsigned, not `" + count.type() + "`",
                    "convert it: `u32(" + expression.span().excerpt() + ")`");
            return Optional.empty();
        }
        return Optional.of(count);
    }

    private Operand comparison(Expression.Binary binary, Expr left, Expr right) {
        Optional<Boolean> known = left instanceof Expr.Constant a && right instanceof Expr.Constant b
                ? TypedConstants.compare(binary.operator(), a, b)
                : Optional.empty();
        return known.<Operand>map(value -> new Operand.Literal(new BoolValue(value)))
                .orElseGet(() -> typedComparison(binary, left, right));
    }

    private Operand typedComparison(Expression.Binary binary, Expr left, Expr right) {
        Expr comparison = new Expr.Comparison(binary.operator(), left, right, new Origin(binary.span()));
        expressions.reportIfConstant(comparison, binary.span());
        return new Operand.Typed(comparison);
    }

    private Operand arithmetic(Expression.Binary binary, Expr left, Expr right, Type type) {
        boolean divides = binary.operator() == BinaryOperator.DIVIDE || binary.operator() == BinaryOperator.REMAINDER;
        if (divides
                && right instanceof Expr.Constant constant
                && constant.value() instanceof IntegerValue value
                && (value.lp64().signum() == 0 || value.ilp32().signum() == 0)) {
            report(binary.right().span(), DiagnosticCode.OUT_OF_RANGE, "division by zero");
            return Operand.ERRONEOUS;
        }
        return new Operand.Typed(
                TypedConstants.fold(new Expr.Binary(binary.operator(), left, right, type, new Origin(binary.span()))));
    }

    private void reportUndefined(Expression.Binary binary, Operand left, Operand right) {
        boolean same = ExpressionChecker.describe(left).equals(ExpressionChecker.describe(right));
        String operands = ExpressionChecker.describe(same ? List.of(left) : List.of(left, right));
        Diagnostic diagnostic = Diagnostic.at(
                binary.span(),
                DiagnosticCode.NOT_DEFINED_ON_TYPE,
                "`" + binary.operator().symbol() + "` is not defined for " + operands);
        boolean pointer = left instanceof Operand.Typed typed && typed.type() instanceof PointerType;
        diagnostics.report(
                pointer
                        ? diagnostic.help("pointers can be compared with `==` and `!=`; use fields and indices")
                        : diagnostic);
    }

    private void report(Span span, DiagnosticCode code, String message) {
        diagnostics.report(Diagnostic.at(span, code, message));
    }

    private void report(Span span, DiagnosticCode code, String message, String help) {
        diagnostics.report(Diagnostic.at(span, code, message).help(help));
    }
}
