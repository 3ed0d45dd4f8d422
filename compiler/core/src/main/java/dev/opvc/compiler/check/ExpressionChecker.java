// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;
import dev.opvc.compiler.model.Origin;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Builtin;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Fold;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.ConstantValue.NullValue;
import dev.opvc.compiler.model.ConstantValue.SpecialFloat;
import dev.opvc.compiler.source.Span;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Types expressions. A method that finds an error reports it and returns null (or nothing); what depends on it then
 * says nothing more.
 */
final class ExpressionChecker {
    private final Definitions definitions;
    private final Scope scope;
    private final Diagnostics diagnostics;
    private final Conversions conversions;
    private final PlaceChecker places;
    private final Surroundings surroundings;

    ExpressionChecker(Definitions definitions, Scope scope, Diagnostics diagnostics) {
        this(definitions, scope, new OrdinarySurroundings(diagnostics), diagnostics);
    }

    ExpressionChecker(Definitions definitions, Scope scope, Surroundings surroundings, Diagnostics diagnostics) {
        this.surroundings = surroundings;
        this.definitions = definitions;
        this.scope = scope;
        this.diagnostics = diagnostics;
        this.conversions = new Conversions(diagnostics);
        this.places = new PlaceChecker(this, diagnostics);
    }

    /** Types places, with the names that are in scope here. */
    PlaceChecker places() {
        return places;
    }

    /** What expressions may use here. */
    Surroundings surroundings() {
        return surroundings;
    }

    /** The value of an expression that must be constant. */
    Optional<ConstantValue> constant(Expression expression) {
        Operand operand = infer(expression);
        if (operand instanceof Operand.Literal literal) {
            return Optional.of(literal.value());
        }
        if (operand instanceof Operand.Typed typed && typed.expr() instanceof Expr.Constant constant) {
            return Optional.of(constant.value());
        }
        if (operand != null) {
            reportNotConstant(expression.span());
        }
        return Optional.empty();
    }

    /** The same in a type that is wanted. */
    Expr.@Nullable Constant constantOf(Expression expression, Type wanted) {
        Expr expr = typed(expression, wanted);
        if (expr instanceof Expr.Constant constant) {
            return constant;
        }
        if (expr != null) {
            reportNotConstant(expression.span());
        }
        return null;
    }

    private void reportNotConstant(Span span) {
        report(span, DiagnosticCode.NOT_CONSTANT, "this must be known when it is compiled");
    }

    /** The expression in a type that is wanted. */
    @Nullable
    Expr typed(Expression expression, Type wanted) {
        return conversions.convert(infer(expression), wanted, expression.span());
    }

    /** The expression as an integer of whatever type; a literal becomes a u64, or an i64 if it is negative. */
    @Nullable
    Expr integer(Expression expression) {
        Operand operand = infer(expression);
        if (operand instanceof Operand.Literal literal && literal.value() instanceof IntegerValue value) {
            boolean negative = value.lp64().signum() < 0;
            return conversions.convert(operand, negative ? ScalarType.I64 : ScalarType.U64, expression.span());
        }
        if (operand instanceof Operand.Typed typed && typed.type() instanceof ScalarType type && type.isInteger()) {
            return typed.expr();
        }
        if (operand != null) {
            report(expression.span(), DiagnosticCode.TYPE_MISMATCH, "expected an integer, found " + describe(operand));
        }
        return null;
    }

    /** The expression as a truth value. */
    @Nullable
    Expr condition(Expression expression) {
        Operand operand = infer(expression);
        if (operand instanceof Operand.Typed typed && typed.type() != ScalarType.BOOL) {
            String written = expression.span().excerpt();
            Diagnostic diagnostic = Diagnostic.at(
                    expression.span(),
                    DiagnosticCode.TYPE_MISMATCH,
                    "a condition is a truth value, not " + describe(operand));
            boolean pointer = typed.type() instanceof PointerType;
            diagnostics.report(diagnostic.help("write `" + written + " != " + (pointer ? "null" : "0") + "`"));
            return null;
        }
        Expr condition = conversions.convert(operand, ScalarType.BOOL, expression.span());
        if (condition instanceof Expr.Comparison) {
            reportIfConstant(condition, expression.span());
        }
        return condition;
    }

    /** Warns of a condition that always has the same value. */
    void reportIfConstant(Expr condition, Span span) {
        Conditions.constantValue(condition).ifPresent(value -> reportConstant(value, span));
    }

    /** Warns of a condition that always has this value. */
    void reportConstant(boolean value, Span span) {
        report(span, DiagnosticCode.CONSTANT_CONDITION, "this condition is always " + (value ? "true" : "false"));
    }

    @Nullable
    Operand infer(Expression expression) {
        if (expression instanceof Expression.Parenthesized parenthesized) {
            return infer(parenthesized.inner());
        }
        if (expression instanceof Expression.IntegerLiteral literal) {
            if (literal.value().bitLength() > Numbers.INTEGER_BITS_MAX) {
                report(literal.span(), DiagnosticCode.CONSTANT_RANGE, "no integer type holds this");
                return null;
            }
            return new Operand.Literal(IntegerValue.of(literal.value()));
        }
        if (expression instanceof Expression.FloatLiteral literal) {
            return new Operand.Literal(new ConstantValue.DecimalValue(literal.value()));
        }
        if (expression instanceof Expression.WordLiteral literal) {
            return new Operand.Literal(value(literal.word()));
        }
        if (expression instanceof Expression.Name name) {
            return name(name.name());
        }
        if (expression instanceof Expression.Unary unary) {
            return unary(unary);
        }
        if (expression instanceof Expression.Binary binary) {
            return new BinaryChecker(this, conversions, diagnostics).check(binary);
        }
        if (expression instanceof Expression.Call call) {
            return call(call);
        }
        if (expression instanceof Expression.Conversion conversion) {
            return new ExplicitConversion(this, conversions, definitions, diagnostics).check(conversion);
        }
        if (expression instanceof Expression.SizeOf sizeof) {
            return sizeof(sizeof);
        }
        return expression instanceof Expression.Broken ? null : places.value(expression);
    }

    private static ConstantValue value(Expression.WordLiteral.Word word) {
        return switch (word) {
            case TRUE -> new BoolValue(true);
            case FALSE -> new BoolValue(false);
            case NULL -> new NullValue();
            case INF -> new SpecialFloat(Double.POSITIVE_INFINITY);
            case NAN -> new SpecialFloat(Double.NaN);
        };
    }

    private @Nullable Operand name(Identifier name) {
        Optional<Scope.Local> local = scope.use(name.text());
        if (local.isPresent()) {
            return local(local.get(), name);
        }
        if (definitions.hasConstant(name.text())) {
            return definitions
                    .constant(name.text(), name.span())
                    .map(Operand.Literal::new)
                    .orElse(null);
        }
        if (!definitions.mayLackNames()) {
            Diagnostic diagnostic = Diagnostic.at(
                    name.span(),
                    DiagnosticCode.UNKNOWN_NAME,
                    "there is no value `" + name.span().excerpt() + "` here");
            diagnostics.report(
                    diagnostics.areMany()
                            ? diagnostic
                            : ForeignWords.value(name.text())
                                    .or(() -> Suggestions.among(
                                            name.text(), scope.namesWith(definitions.constantNames())))
                                    .map(diagnostic::help)
                                    .orElse(diagnostic));
        }
        return null;
    }

    private @Nullable Operand local(Scope.Local local, Identifier name) {
        if (local instanceof Scope.Local.OfBinding ofBinding) {
            return surroundings.mayUse(ofBinding.binding(), name.span())
                    ? new Operand.Typed(new Expr.BindingValue(ofBinding.binding(), new Origin(name.span())))
                    : null;
        }
        if (local instanceof Scope.Local.OfLiteral ofLiteral) {
            return new Operand.Literal(ofLiteral.value());
        }
        if (local instanceof Scope.Local.OfParameter ofParameter) {
            if (ofParameter.parameter().perCpu()) {
                report(
                        name.span(),
                        DiagnosticCode.TYPE_MISMATCH,
                        "`" + name + "` stands for a slot and is no value",
                        "use its fields: `" + name + "->…`; as an operand of memcpy, `&*" + name + "`");
                return null;
            }
            return new Operand.Typed(new Expr.ParameterValue(ofParameter.parameter(), new Origin(name.span())));
        }
        if (local instanceof Scope.Local.OfResult) {
            report(
                    name.span(),
                    DiagnosticCode.RESULT_ASSIGNMENT,
                    "the result `" + name + "` cannot be read",
                    "name the value with `let`, and use that");
        }
        return null;
    }

    /** The pointer that an expression before {@code ->} or behind {@code *} is; a per-CPU parameter is one there. */
    @Nullable
    Expr pointer(Expression expression) {
        if (expression instanceof Expression.Name name
                && scope.use(name.name().text()).orElse(null) instanceof Scope.Local.OfParameter local
                && local.parameter().perCpu()) {
            return new Expr.ParameterValue(local.parameter(), new Origin(name.span()));
        }
        Operand operand = infer(expression);
        if (operand instanceof Operand.Typed typed && typed.type() instanceof PointerType) {
            return typed.expr();
        }
        if (operand != null) {
            report(expression.span(), DiagnosticCode.TYPE_MISMATCH, "expected a pointer, found " + describe(operand));
        }
        return null;
    }

    /** Whether an expression is the name of a parameter or binding that is a pointer, or of a slot. */
    boolean isPointerName(Expression expression) {
        if (!(expression instanceof Expression.Name name)) {
            return false;
        }
        Scope.Local local = scope.use(name.name().text()).orElse(null);
        return (local instanceof Scope.Local.OfParameter parameter
                        && parameter.parameter().type() instanceof PointerType)
                || (local instanceof Scope.Local.OfBinding binding
                        && binding.binding().value().type() instanceof PointerType);
    }

    private @Nullable Operand unary(Expression.Unary unary) {
        return switch (unary.operator()) {
            case DEREFERENCE -> places.value(unary);
            case ADDRESS_OF -> {
                report(
                        unary.span(),
                        DiagnosticCode.BAD_STATEMENT,
                        "an address can only be an operand of memcpy or of a vector's operation",
                        "pass the address as a parameter");
                yield null;
            }
            case NOT -> {
                Expr operand = condition(unary.operand());
                yield operand == null ? null : negated(operand, unary.span());
            }
            case NEGATE, COMPLEMENT -> arithmetic(unary);
        };
    }

    private static Operand negated(Expr operand, Span span) {
        if (operand instanceof Expr.Constant constant && constant.value() instanceof BoolValue value) {
            return new Operand.Literal(new BoolValue(!value.value()));
        }
        return new Operand.Typed(new Expr.Unary(UnaryOperator.NOT, operand, ScalarType.BOOL, new Origin(span)));
    }

    private @Nullable Operand arithmetic(Expression.Unary unary) {
        Operand operand = infer(unary.operand());
        boolean negate = unary.operator() == UnaryOperator.NEGATE;
        if (operand instanceof Operand.Literal literal) {
            try {
                return new Operand.Literal(
                        negate ? Numbers.negate(literal.value()) : Numbers.complement(literal.value()));
            } catch (Numbers.UndefinedException e) {
                report(unary.span(), DiagnosticCode.NOT_DEFINED_ON_TYPE, String.valueOf(e.getMessage()));
                return null;
            }
        }
        if (!(operand instanceof Operand.Typed typed)) {
            return null;
        }
        boolean defined = typed.type() instanceof ScalarType type && (type.isInteger() || (negate && type.isFloat()));
        if (!defined) {
            report(
                    unary.span(),
                    DiagnosticCode.NOT_DEFINED_ON_TYPE,
                    "`" + unary.operator().symbol() + "` is not defined for " + describe(operand));
            return null;
        }
        return new Operand.Typed(TypedConstants.fold(new Expr.Unary(
                unary.operator(), typed.expr(), typed.type(), new Origin(unary.span()))));
    }

    /** How far a place of a type is shifted. */
    @Nullable
    Expr shiftCount(Expression expression, ScalarType shifted) {
        return new BinaryChecker(this, conversions, diagnostics).shiftCount(expression, shifted);
    }

    private @Nullable Operand call(Expression.Call call) {
        String name = call.name().text();
        Optional<Fold> fold = Fold.named(name);
        if (fold.isPresent() && (!fold.get().sharesItsName() || call.arguments().size() == 1)) {
            return surroundings.fold(fold.get(), call);
        }
        Optional<Builtin> builtin = Builtin.named(name);
        if (builtin.isPresent()) {
            return new FunctionChecker(this, conversions, diagnostics).check(builtin.get(), call);
        }
        if (name.equals(VectorChecker.FAULT)) {
            report(
                    call.name().span(),
                    DiagnosticCode.BAD_CALL,
                    "`fault` can only stand around an operand of a vector's operation, once");
            return null;
        }
        Diagnostic diagnostic =
                Diagnostic.at(call.name().span(), DiagnosticCode.UNKNOWN_NAME, "there is no function `" + name + "`");
        diagnostics.report(Suggestions.among(
                        name, Arrays.stream(Builtin.values()).map(Builtin::word).toList())
                .map(diagnostic::help)
                .orElse(diagnostic));
        return null;
    }

    private @Nullable Operand sizeof(Expression.SizeOf sizeof) {
        Optional<Type> type = definitions.type(sizeof.type());
        if (type.isEmpty() || (type.get() instanceof StructType struct && !struct.complete())) {
            return null;
        }
        return new Operand.Literal(new IntegerValue(
                BigInteger.valueOf(type.get().size(Abi.LP64)),
                BigInteger.valueOf(type.get().size(Abi.ILP32))));
    }

    static String describe(Operand operand) {
        return operand instanceof Operand.Literal literal
                ? literal.kind()
                : "`" + ((Operand.Typed) operand).type() + "`";
    }

    /** The types of operands, for a message. */
    static String describe(List<Operand> operands) {
        return String.join(
                " and ", operands.stream().map(ExpressionChecker::describe).toList());
    }

    private void report(Span span, DiagnosticCode code, String message) {
        diagnostics.report(Diagnostic.at(span, code, message));
    }

    private void report(Span span, DiagnosticCode code, String message, String help) {
        diagnostics.report(Diagnostic.at(span, code, message).help(help));
    }
}
