// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Table;
import dev.opvc.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/** Types what is made of tables: {@code TABLE[i]}, {@code bucket_of(TABLE, v)} and {@code length(TABLE)}. */
final class TableChecker {
    static final String BUCKET_OF = "bucket_of";
    static final String LENGTH = "length";

    private final ExpressionChecker expressions;
    private final Conversions conversions;
    private final Definitions definitions;
    private final Diagnostics diagnostics;

    TableChecker(
            ExpressionChecker expressions, Conversions conversions, Definitions definitions, Diagnostics diagnostics) {
        this.expressions = expressions;
        this.conversions = conversions;
        this.definitions = definitions;
        this.diagnostics = diagnostics;
    }

    /** The name of a table that an expression is, if it is one. */
    Optional<Expression.Name> table(Expression expression) {
        return expression instanceof Expression.Name name
                        && definitions.hasTable(name.name().text())
                ? Optional.of(name)
                : Optional.empty();
    }

    /** An element of a table. */
    Operand element(Expression.Index expression) {
        Optional<Table> table = resolved(expression.base());
        Optional<Expr> index = expressions.integer(expression.index());
        if (table.isEmpty() || index.isEmpty()) {
            return Operand.ERRONEOUS;
        }
        Span at = expression.index().span();
        if (!KnownIndex.mayBeWithin(index.get(), table.get().length(), at, diagnostics)) {
            return Operand.ERRONEOUS;
        }
        Origin origin = new Origin(expression.span());
        return new Operand.Typed(TypedConstants.fold(new Expr.Element(table.get(), index.get(), origin)));
    }

    /** How many elements a table has: a constant. Or an array that was given its length when it was allocated. */
    Operand length(Expression.Call call) {
        List<Expression> written = call.arguments();
        if (written.size() == 1
                && (written.get(0) instanceof Expression.Member || written.get(0) instanceof Expression.Index)) {
            return lengthOfPlace(written.get(0));
        }
        return ofTable(call, 1, "length(TABLE)")
                .<Operand>map(table -> new Operand.Literal(IntegerValue.of(table.length())))
                .orElse(Operand.ERRONEOUS);
    }

    private Operand lengthOfPlace(Expression expression) {
        Optional<PlaceExpr> place = expressions.places().place(expression);
        Optional<Expr> length = place.flatMap(SizedArrayChecker::length);
        if (place.isPresent() && length.isEmpty()) {
            diagnostics.report(Diagnostic.at(
                            expression.span(),
                            DiagnosticCode.NOT_DEFINED_ON_TYPE,
                            "`" + LENGTH
                                    + "` is of a table, and of an array that is given its length when it is allocated;"
                                    + " this is `" + place.get().type() + "`")
                    .help("name the length of other arrays with `const`"));
        }
        return length.<Operand>map(Operand.Typed::new).orElse(Operand.ERRONEOUS);
    }

    /** How many bounds of a table are below a value. */
    Operand bucketOf(Expression.Call call) {
        Optional<Table> table = ofTable(call, 2, "bucket_of(TABLE, value)");
        if (table.isEmpty()) {
            call.arguments().stream().skip(1).forEach(expressions::infer);
            return Operand.ERRONEOUS;
        }
        Expression value = call.arguments().get(1);
        Optional<Expr> operand =
                conversions.convert(expressions.infer(value), table.get().element(), value.span());
        if (operand.isEmpty() || !isAscending(table.get(), call)) {
            return Operand.ERRONEOUS;
        }
        return new Operand.Typed(new Expr.BucketOf(table.get(), operand.get(), new Origin(call.span())));
    }

    private Optional<Table> ofTable(Expression.Call call, int arguments, String form) {
        List<Expression> written = call.arguments();
        if (written.size() == arguments && table(written.get(0)).isPresent()) {
            return resolved(written.get(0));
        }
        boolean known = written.size() != arguments || !isInError(written.get(0));
        if (known) {
            diagnostics.report(Diagnostic.at(
                            call.span(), DiagnosticCode.BAD_CALL, "this is written `" + form + "`, with a table's name")
                    .help("a table is declared `const TABLE: f64[] = { 0.1, 0.5, 1.0 };`"));
        }
        return Optional.empty();
    }

    /** A name that nothing has may be that of a table that could not be parsed. */
    private boolean isInError(Expression expression) {
        return expression instanceof Expression.Broken
                || (expression instanceof Expression.Name name
                        && definitions.mayDefine(name.name().text()));
    }

    private Optional<Table> resolved(Expression name) {
        return definitions.table(((Expression.Name) name).name().text(), name.span());
    }

    /** Each bound is above the one before it; nothing is above NaN, nor it above anything. */
    private boolean isAscending(Table table, Expression.Call call) {
        if (!table.element().isInteger() && !table.element().isFloat()) {
            diagnostics.report(Diagnostic.at(
                    call.span(),
                    DiagnosticCode.NOT_DEFINED_ON_TYPE,
                    "`" + BUCKET_OF + "` needs a table of numbers, and `" + table + "` holds `" + ScalarType.BOOL
                            + "`"));
            return false;
        }
        for (int i = 0; i < table.length(); i++) {
            Expr.Constant bound = table.values().get(i);
            Expr.Constant before = table.values().get(Math.max(i - 1, 0));
            BinaryOperator order = i == 0 ? BinaryOperator.LESS_OR_EQUAL : BinaryOperator.LESS;
            if (!TypedConstants.compare(order, before, bound).orElse(false)) {
                diagnostics.report(Diagnostic.at(
                                bound.span(),
                                DiagnosticCode.CONSTANT_RANGE,
                                "`" + BUCKET_OF + "` needs ascending bounds, and this one of `" + table
                                        + "` is not above the one before it")
                        .note(call.span(), "used here"));
                return false;
            }
        }
        return true;
    }
}
