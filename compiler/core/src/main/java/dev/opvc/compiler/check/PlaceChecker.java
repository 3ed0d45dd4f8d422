// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.StructType;
import java.util.Optional;

/** Types places: {@code *p} or {@code p->f}, followed by any number of {@code .f}, {@code ->f} and {@code [e]}. */
final class PlaceChecker {
    private static final String POINTERS_ARE_NOT_INDEXED = "point at a struct that holds an array, and index its field";

    private final ExpressionChecker expressions;
    private final Diagnostics diagnostics;
    private final SizedArrayChecker sized;
    private final Kinds kinds = new Kinds();

    PlaceChecker(ExpressionChecker expressions, Diagnostics diagnostics) {
        this.expressions = expressions;
        this.diagnostics = diagnostics;
        this.sized = new SizedArrayChecker(diagnostics);
    }

    /** What a place holds, as an operand. */
    Operand value(Expression expression) {
        return place(expression)
                .filter(place -> expressions.surroundings().mayRead(place, expression.span()))
                .filter(place ->
                        expressions.surroundings().foldsArrays() || sized.hasKnownSize(place.type(), expression.span()))
                .<Operand>map(place -> new Operand.Typed(new Expr.PlaceValue(place, place.origin())))
                .orElse(Operand.ERRONEOUS);
    }

    /** The place that an expression stands for; empty and a report if it stands for none. */
    Optional<PlaceExpr> place(Expression expression) {
        return expression.match(kinds);
    }

    /** The place that each kind of expression stands for. */
    private final class Kinds implements Expression.Cases<Optional<PlaceExpr>> {
        @Override
        public Optional<PlaceExpr> integerLiteral(Expression.IntegerLiteral literal) {
            return noPlace(literal);
        }

        @Override
        public Optional<PlaceExpr> floatLiteral(Expression.FloatLiteral literal) {
            return noPlace(literal);
        }

        @Override
        public Optional<PlaceExpr> wordLiteral(Expression.WordLiteral literal) {
            return noPlace(literal);
        }

        @Override
        public Optional<PlaceExpr> name(Expression.Name name) {
            return noPlace(name);
        }

        @Override
        public Optional<PlaceExpr> member(Expression.Member member) {
            return member.arrow() ? throughPointer(member) : within(member);
        }

        @Override
        public Optional<PlaceExpr> index(Expression.Index index) {
            return element(index);
        }

        @Override
        public Optional<PlaceExpr> unary(Expression.Unary unary) {
            return unary.operator() == UnaryOperator.DEREFERENCE ? target(unary) : noPlace(unary);
        }

        @Override
        public Optional<PlaceExpr> binary(Expression.Binary binary) {
            return noPlace(binary);
        }

        @Override
        public Optional<PlaceExpr> call(Expression.Call call) {
            return noPlace(call);
        }

        @Override
        public Optional<PlaceExpr> conversion(Expression.Conversion conversion) {
            return noPlace(conversion);
        }

        @Override
        public Optional<PlaceExpr> sizeOf(Expression.SizeOf sizeOf) {
            return noPlace(sizeOf);
        }

        @Override
        public Optional<PlaceExpr> parenthesized(Expression.Parenthesized parenthesized) {
            return place(parenthesized.inner());
        }

        @Override
        public Optional<PlaceExpr> broken(Expression.Broken broken) {
            return Optional.empty();
        }
    }

    private Optional<PlaceExpr> noPlace(Expression expression) {
        String written = expression.span().excerpt();
        Diagnostic diagnostic =
                Diagnostic.at(expression.span(), DiagnosticCode.NOT_A_PLACE, "`" + written + "` is no place in memory");
        diagnostics.report(diagnostic.help(
                expressions.names().isPointer(expression)
                        ? "it is a pointer; a place is `*" + written + "` or `" + written + "->f`"
                        : "a place is `*p` or `p->f`, then `.f`, `->f` and `[i]`"));
        return Optional.empty();
    }

    private Optional<PlaceExpr> target(Expression.Unary dereference) {
        return expressions
                .pointer(dereference.operand())
                .map(pointer -> PlaceExpr.target(pointer, new Origin(dereference.span())))
                .filter(PlaceChecker::hasSize);
    }

    /** A struct in error has been reported; what is in it is not known. */
    private static boolean hasSize(PlaceExpr place) {
        return Definitions.hasSize(place.type());
    }

    private Optional<PlaceExpr> throughPointer(Expression.Member member) {
        return expressions
                .pointer(member.base())
                .flatMap(pointer -> field(member, PlaceExpr.target(pointer, pointer.origin()), "->"));
    }

    private Optional<PlaceExpr> within(Expression.Member member) {
        if (expressions.names().isPointer(member.base())) {
            return dotOnPointer(member);
        }
        return place(member.base())
                .flatMap(base -> base.type() instanceof PointerType ? dotOnPointer(member) : field(member, base, "."));
    }

    private Optional<PlaceExpr> dotOnPointer(Expression.Member member) {
        String written = member.base().span().excerpt();
        diagnostics.report(Diagnostic.at(member.span(), DiagnosticCode.TYPE_MISMATCH, "`" + written + "` is a pointer")
                .help("write `" + written + "->" + member.field() + "`"));
        return Optional.empty();
    }

    private Optional<PlaceExpr> field(Expression.Member member, PlaceExpr base, String operator) {
        if (!(base.type() instanceof StructType struct)) {
            diagnostics.report(Diagnostic.at(
                    member.field().span(),
                    DiagnosticCode.UNKNOWN_FIELD,
                    "`" + operator + "` leads into a struct, and this is `" + base.type() + "`"));
            return Optional.empty();
        }
        Optional<Field> field = struct.field(member.field().text());
        if (field.isEmpty() && struct.complete()) {
            reportUnknownField(member, struct);
        }
        return field.filter(known ->
                        sized.mayUse(base, struct, known, member.field().span()))
                .map(known -> base.field(struct, known, new Origin(member.span())));
    }

    private void reportUnknownField(Expression.Member member, StructType struct) {
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

    private Optional<PlaceExpr> element(Expression.Index expression) {
        Optional<Expr> index = expressions.integer(expression.index());
        if (expressions.names().isPointer(expression.base())) {
            reportNoArray(expression, "a pointer", POINTERS_ARE_NOT_INDEXED);
            return Optional.empty();
        }
        Optional<PlaceExpr> base = place(expression.base());
        return base.isEmpty() || index.isEmpty() ? Optional.empty() : element(base.get(), index.get(), expression);
    }

    private Optional<PlaceExpr> element(PlaceExpr base, Expr index, Expression.Index expression) {
        if (!(base.type() instanceof ArrayType array)) {
            reportNoArray(
                    expression,
                    "`" + base.type() + "`",
                    base.type() instanceof PointerType ? POINTERS_ARE_NOT_INDEXED : "remove the index");
            return Optional.empty();
        }
        return KnownIndex.mayBeWithin(index, array.length(), expression.index().span(), diagnostics)
                ? Optional.of(base.element(index, array, new Origin(expression.span())))
                : Optional.empty();
    }

    private void reportNoArray(Expression.Index expression, String what, String help) {
        diagnostics.report(Diagnostic.at(
                        expression.span(),
                        DiagnosticCode.TYPE_MISMATCH,
                        "`[…]` leads into an array, and `"
                                + expression.base().span().excerpt() + "` is " + what)
                .help(help));
    }
}
