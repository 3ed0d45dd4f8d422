// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.ConstantValue.NullValue;
import dev.opvc.compiler.model.ConstantValue.SpecialFloat;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.Span;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Types expressions. What is in error is reported once and becomes {@link Operand.Erroneous}, or nothing where a type
 * is wanted; what depends on it then says nothing more.
 */
final class ExpressionChecker {
    private final Definitions definitions;
    private final Diagnostics diagnostics;
    private final Surroundings surroundings;
    private final Conversions conversions;
    private final NameChecker names;
    private final PlaceChecker places;
    private final BinaryChecker binaries;
    private final TableChecker tables;
    private final Kinds kinds = new Kinds();

    ExpressionChecker(Definitions definitions, Scope scope, Diagnostics diagnostics) {
        this(definitions, scope, new OrdinarySurroundings(diagnostics), diagnostics);
    }

    ExpressionChecker(Definitions definitions, Scope scope, Surroundings surroundings, Diagnostics diagnostics) {
        this.definitions = definitions;
        this.diagnostics = diagnostics;
        this.surroundings = surroundings;
        this.conversions = new Conversions(diagnostics);
        this.names = new NameChecker(definitions, scope, surroundings, diagnostics);
        this.places = new PlaceChecker(this, diagnostics);
        this.binaries = new BinaryChecker(this, conversions, diagnostics);
        this.tables = new TableChecker(this, conversions, definitions, diagnostics);
    }

    /** Types places, with the names that are in scope here. */
    PlaceChecker places() {
        return places;
    }

    /** Types what is made of tables. */
    TableChecker tables() {
        return tables;
    }

    /** Types names. */
    NameChecker names() {
        return names;
    }

    /** What expressions may use here. */
    Surroundings surroundings() {
        return surroundings;
    }

    /** The value of an expression that must be constant. */
    Optional<ConstantValue> constant(Expression expression) {
        return infer(expression).match(new Operand.Cases<>() {
            @Override
            public Optional<ConstantValue> literal(Operand.Literal literal) {
                return Optional.of(literal.value());
            }

            @Override
            public Optional<ConstantValue> typed(Operand.Typed typed) {
                return constantOf(typed.expr(), expression.span()).map(Expr.Constant::value);
            }

            @Override
            public Optional<ConstantValue> erroneous(Operand.Erroneous erroneous) {
                return Optional.empty();
            }
        });
    }

    /** The same in a type that is wanted. */
    Optional<Expr.Constant> constantOf(Expression expression, Type wanted) {
        return typed(expression, wanted).flatMap(expr -> constantOf(expr, expression.span()));
    }

    private Optional<Expr.Constant> constantOf(Expr expr, Span span) {
        if (expr instanceof Expr.Constant constant) {
            return Optional.of(constant);
        }
        report(span, DiagnosticCode.NOT_CONSTANT, "this must be known when it is compiled");
        return Optional.empty();
    }

    /** The expression in a type that is wanted. */
    Optional<Expr> typed(Expression expression, Type wanted) {
        return conversions.convert(infer(expression), wanted, expression.span());
    }

    /** The expression as an integer of whatever type; a literal becomes a u64, or an i64 if it is negative. */
    Optional<Expr> integer(Expression expression) {
        return infer(expression).match(new Operand.Cases<>() {
            @Override
            public Optional<Expr> literal(Operand.Literal literal) {
                if (literal.value() instanceof IntegerValue value) {
                    boolean negative = value.lp64().signum() < 0;
                    return conversions.convert(literal, negative ? ScalarType.I64 : ScalarType.U64, expression.span());
                }
                return refused(literal);
            }

            @Override
            public Optional<Expr> typed(Operand.Typed typed) {
                return typed.type() instanceof ScalarType type && type.isInteger()
                        ? Optional.of(typed.expr())
                        : refused(typed);
            }

            @Override
            public Optional<Expr> erroneous(Operand.Erroneous erroneous) {
                return Optional.empty();
            }

            private Optional<Expr> refused(Operand operand) {
                report(
                        expression.span(),
                        DiagnosticCode.TYPE_MISMATCH,
                        "expected an integer, found " + describe(operand));
                return Optional.empty();
            }
        });
    }

    /** The expression as a truth value. */
    Optional<Expr> condition(Expression expression) {
        Operand operand = infer(expression);
        if (operand instanceof Operand.Typed typed && typed.type() != ScalarType.BOOL) {
            String written = expression.span().excerpt();
            boolean pointer = typed.type() instanceof PointerType;
            diagnostics.report(Diagnostic.at(
                            expression.span(),
                            DiagnosticCode.TYPE_MISMATCH,
                            "a condition is a truth value, not " + describe(operand))
                    .help("write `" + written + " != " + (pointer ? "null" : "0") + "`"));
            return Optional.empty();
        }
        return conversions.convert(operand, ScalarType.BOOL, expression.span());
    }

    /** Warns of a condition that always has the same value. */
    void reportIfConstant(Expr condition, Span span) {
        Conditions.constantValue(condition).ifPresent(value -> reportConstant(value, span));
    }

    /** Warns of a condition that always has this value. */
    void reportConstant(boolean value, Span span) {
        report(span, DiagnosticCode.CONSTANT_CONDITION, "this condition is always " + (value ? "true" : "false"));
    }

    /** The pointer that an expression before {@code ->} or behind {@code *} is; a per-CPU parameter is one there. */
    Optional<Expr> pointer(Expression expression) {
        Optional<Expr> slot = names.slot(expression);
        return slot.isPresent() ? slot : pointerValue(expression);
    }

    private Optional<Expr> pointerValue(Expression expression) {
        return infer(expression).match(new Operand.Cases<>() {
            @Override
            public Optional<Expr> literal(Operand.Literal literal) {
                return refused(literal);
            }

            @Override
            public Optional<Expr> typed(Operand.Typed typed) {
                return typed.type() instanceof PointerType ? Optional.of(typed.expr()) : refused(typed);
            }

            @Override
            public Optional<Expr> erroneous(Operand.Erroneous erroneous) {
                return Optional.empty();
            }

            private Optional<Expr> refused(Operand operand) {
                report(
                        expression.span(),
                        DiagnosticCode.TYPE_MISMATCH,
                        "expected a pointer, found " + describe(operand));
                return Optional.empty();
            }
        });
    }

    /** How far a place of a type is shifted. */
    Optional<Expr> shiftCount(Expression expression, ScalarType shifted) {
        return binaries.shiftCount(expression, shifted);
    }

    /** The expression in a type of its own, or without one. */
    Operand infer(Expression expression) {
        return expression.match(kinds);
    }

    /** Types each kind of expression. */
    private final class Kinds implements Expression.Cases<Operand> {
        @Override
        public Operand integerLiteral(Expression.IntegerLiteral literal) {
            if (literal.value().bitLength() > Numbers.INTEGER_BITS_MAX) {
                report(literal.span(), DiagnosticCode.CONSTANT_RANGE, "no integer type holds this");
                return Operand.ERRONEOUS;
            }
            return new Operand.Literal(IntegerValue.of(literal.value()));
        }

        @Override
        public Operand floatLiteral(Expression.FloatLiteral literal) {
            return new Operand.Literal(new ConstantValue.DecimalValue(literal.value()));
        }

        @Override
        public Operand wordLiteral(Expression.WordLiteral literal) {
            return new Operand.Literal(
                    switch (literal.word()) {
                        case TRUE -> new BoolValue(true);
                        case FALSE -> new BoolValue(false);
                        case NULL -> new NullValue();
                        case INF -> new SpecialFloat(Double.POSITIVE_INFINITY);
                        case NAN -> new SpecialFloat(Double.NaN);
                    });
        }

        @Override
        public Operand name(Expression.Name name) {
            return names.value(name.name());
        }

        @Override
        public Operand member(Expression.Member member) {
            return places.value(member);
        }

        @Override
        public Operand index(Expression.Index index) {
            return tables.table(index.base()).isPresent() ? tables.element(index) : places.value(index);
        }

        @Override
        public Operand unary(Expression.Unary unary) {
            return new UnaryChecker(ExpressionChecker.this, diagnostics).check(unary);
        }

        @Override
        public Operand binary(Expression.Binary binary) {
            return binaries.check(binary);
        }

        @Override
        public Operand call(Expression.Call call) {
            return new CallChecker(ExpressionChecker.this, conversions, diagnostics).check(call);
        }

        @Override
        public Operand conversion(Expression.Conversion conversion) {
            return new ExplicitConversion(ExpressionChecker.this, conversions, definitions, diagnostics)
                    .check(conversion);
        }

        @Override
        public Operand sizeOf(Expression.SizeOf sizeOf) {
            return definitions
                    .type(sizeOf.type())
                    .filter(type -> new SizedArrayChecker(diagnostics).hasKnownSize(type, sizeOf.span()))
                    .map(this::size)
                    .orElse(Operand.ERRONEOUS);
        }

        private Operand size(Type type) {
            return new Operand.Literal(new IntegerValue(
                    BigInteger.valueOf(type.size(Abi.LP64)), BigInteger.valueOf(type.size(Abi.ILP32))));
        }

        @Override
        public Operand parenthesized(Expression.Parenthesized parenthesized) {
            return infer(parenthesized.inner());
        }

        @Override
        public Operand broken(Expression.Broken broken) {
            return Operand.ERRONEOUS;
        }
    }

    /** What an operand is, for a message. */
    static String describe(Operand operand) {
        return operand.match(new Operand.Cases<>() {
            @Override
            public String literal(Operand.Literal literal) {
                return literal.kind();
            }

            @Override
            public String typed(Operand.Typed typed) {
                return "`" + typed.type() + "`";
            }

            @Override
            public String erroneous(Operand.Erroneous erroneous) {
                return "what is in error";
            }
        });
    }

    /** The types of operands, for a message. */
    static String describe(List<Operand> operands) {
        return String.join(
                " and ", operands.stream().map(ExpressionChecker::describe).toList());
    }

    private void report(Span span, DiagnosticCode code, String message) {
        diagnostics.report(Diagnostic.at(span, code, message));
    }
}
