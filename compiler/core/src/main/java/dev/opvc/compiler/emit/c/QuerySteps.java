// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Prepared;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.ConstantValue.DecimalValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.ConstantValue.NullValue;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import java.math.BigDecimal;
import java.util.List;

/** The steps of a query as statements of its functions. */
final class QuerySteps {
    private static final String INDENT = "    ";

    private final QueryUnit query;
    private final QueryLocalNames locals;
    private final ExpressionRenderer expressions;
    private final QueryCells cells;
    private final RangeCheckRenderer checks;
    private final String counter;
    private final String element;

    QuerySteps(QueryUnit query, QueryLocalNames locals, ExpressionRenderer expressions, QueryCells cells) {
        this.query = query;
        this.locals = locals;
        this.expressions = expressions;
        this.cells = cells;
        this.checks = new RangeCheckRenderer(expressions);
        this.counter = locals.variable("i");
        this.element = locals.variable("element");
    }

    /** Everything that happens before any CPU is looked at. */
    void before(Statements statements) {
        query.before().forEach(step -> add(step, statements));
    }

    /** Only the names of values, for a function before which the checks have been made. */
    void bindings(Statements statements) {
        query.before().stream().filter(QueryStep.Bind.class::isInstance).forEach(step -> add(step, statements));
    }

    void each(Statements statements) {
        query.each().forEach(step -> add(step, statements));
    }

    void after(Statements statements) {
        query.after().forEach(step -> add(step, statements));
    }

    /** What a fold begins with. */
    void begin(FoldedValue folded, Statements statements) {
        String neutral = expressions.render(folded.neutral()).text();
        String target = locals.of(folded.binding());
        if (folded.isArray()) {
            statements.add(loop(folded), INDENT + target + "[" + counter + "] = " + neutral + ";");
        } else {
            statements.add(target + " = " + neutral + ";");
        }
    }

    /** Stores a folded array where its elements go. */
    void store(FoldedValue folded, String target, Statements statements) {
        String source = locals.of(folded.binding());
        statements.add(loop(folded), INDENT + target + "[" + counter + "] = " + source + "[" + counter + "];");
    }

    private String loop(FoldedValue folded) {
        return "for (size_t " + counter + " = 0; " + counter + " < " + folded.length() + "; " + counter + "++)";
    }

    private void add(QueryStep step, Statements statements) {
        if (step instanceof QueryStep.Bind bind) {
            declare(locals.of(bind.binding()), bind.value().type(), expressions.render(bind.value()), statements);
        } else if (step instanceof QueryStep.Check check) {
            addCheck(check, statements);
        } else if (step instanceof QueryStep.Read read) {
            declare(locals.of(read.prepared()), read.prepared().type(), value(read), statements);
        } else if (step instanceof QueryStep.Accumulate accumulate) {
            FoldedValue folded = accumulate.folded();
            Expr sum = folded.function().combine(new Expr.BindingValue(folded.binding()), accumulate.value());
            statements.add(locals.of(folded.binding()) + " = " + expressions.render(sum) + ";");
        } else {
            addArray((QueryStep.AccumulateArray) step, statements);
        }
    }

    private static void declare(String name, Type type, CExpression value, Statements statements) {
        statements.declare(CTypes.declare(type, name), name, value);
    }

    private void addCheck(QueryStep.Check check, Statements statements) {
        CExpression failed = CExpression.not(checks.render(check.check()));
        CExpression condition =
                check.when() == null ? failed : CExpression.infix(expressions.render(check.when()), "&&", failed);
        statements.add("if (" + condition + ")", INDENT + "return -EINVAL;");
    }

    private CExpression value(QueryStep.Read read) {
        CExpression value = cells.value(read.prepared().place());
        if (read.when() == null) {
            return value;
        }
        String otherwise = CLiterals.typed(
                        read.prepared().type(), nothing(read.prepared().type()))
                .asOperand();
        return new CExpression(
                expressions.render(read.when()).asOperand() + " ? " + value.asOperand() + " : " + otherwise,
                CExpression.Binding.OTHER);
    }

    /** What nobody uses. */
    private static ConstantValue nothing(Type type) {
        if (!(type instanceof ScalarType scalar)) {
            return new NullValue();
        }
        if (scalar == ScalarType.BOOL) {
            return new BoolValue(false);
        }
        return scalar.isFloat() ? new DecimalValue(BigDecimal.ZERO) : IntegerValue.of(0);
    }

    /** An element is known to the renderers as a binding, and what is folded into it as a value that was read. */
    private void addArray(QueryStep.AccumulateArray step, Statements statements) {
        FoldedValue folded = step.folded();
        Binding target = new Binding(folded.binding().identifier(), folded.neutral());
        Binding index =
                new Binding(folded.binding().identifier(), new Expr.Constant(ScalarType.U32, IntegerValue.of(0)));
        locals.assign(target, locals.of(folded.binding()) + "[" + counter + "]");
        locals.assign(index, counter);
        Place place = step.place().element(new Expr.BindingValue(index), (ArrayType) folded.type());
        Prepared value = new Prepared(element, place);
        locals.assign(value, element);
        Expr sum = folded.function().combine(new Expr.BindingValue(target), new Expr.PreparedValue(value));
        statements.add(List.of(
                loop(folded) + " {",
                INDENT + CTypes.declare(folded.scalar(), element) + " = " + cells.value(place) + ";",
                INDENT + locals.of(target) + " = " + expressions.render(sum) + ";",
                "}"));
    }

    /** Whether a check fails, so that a function can. */
    static boolean canFail(List<QueryStep> steps) {
        return steps.stream().anyMatch(step -> step instanceof QueryStep.Check);
    }
}
