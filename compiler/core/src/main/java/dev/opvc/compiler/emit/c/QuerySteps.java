// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
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
        String target = locals.of(folded.local());
        if (folded.isArray()) {
            statements.add(loop(folded), INDENT + target + "[" + counter + "] = " + neutral + ";");
        } else {
            statements.add(target + " = " + neutral + ";");
        }
    }

    /** Stores a folded array where its elements go. */
    void store(FoldedValue folded, String target, Statements statements) {
        String source = locals.of(folded.local());
        statements.add(loop(folded), INDENT + target + "[" + counter + "] = " + source + "[" + counter + "];");
    }

    private String loop(FoldedValue folded) {
        return "for (size_t " + counter + " = 0; " + counter + " < " + folded.length() + "; " + counter + "++)";
    }

    private void add(QueryStep step, Statements statements) {
        if (step instanceof QueryStep.Bind bind) {
            declare(locals.of(bind.local()), bind.value().type(), expressions.render(bind.value()), statements);
        } else if (step instanceof QueryStep.Check check) {
            addCheck(check, statements);
        } else if (step instanceof QueryStep.Read read) {
            declare(locals.of(read.prepared()), read.prepared().type(), value(read), statements);
        } else if (step instanceof QueryStep.Accumulate accumulate) {
            FoldedValue.Scalar folded = accumulate.folded();
            Value sum = folded.combine(new Value.OfFolded(folded), folded.operand());
            statements.add(locals.of(folded.local()) + " = " + expressions.render(sum) + ";");
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
                check.when()
                        .map(when -> CExpression.infix(expressions.render(when), "&&", failed))
                        .orElse(failed);
        statements.add("if (" + condition + ")", INDENT + "return -EINVAL;");
    }

    private CExpression value(QueryStep.Read read) {
        CExpression value = cells.value(read.prepared().place());
        if (read.when().isEmpty()) {
            return value;
        }
        String otherwise = CLiterals.typed(
                        read.prepared().type(), nothing(read.prepared().type()))
                .asOperand();
        return new CExpression(
                expressions.render(read.when().get()).asOperand() + " ? " + value.asOperand() + " : " + otherwise,
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
        FoldedValue.Array folded = step.folded();
        Local target = new Local(folded.local().identifier(), folded.scalar());
        Local index =
                new Local(folded.local().identifier(), ScalarType.U32);
        locals.assign(target, locals.of(folded.local()) + "[" + counter + "]");
        locals.assign(index, counter);
        Place place = folded.operand().element(new Value.OfLocal(index), folded.arrayType());
        Prepared value = new Prepared(element, place);
        locals.assign(value, element);
        Value sum = folded.combine(new Value.OfLocal(target), new Value.OfPrepared(value));
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
