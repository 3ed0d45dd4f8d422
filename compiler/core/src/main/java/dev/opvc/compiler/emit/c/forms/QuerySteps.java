// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.QueryFormWriter;
import dev.opvc.compiler.emit.c.expressions.ExpressionRenderer;
import dev.opvc.compiler.emit.c.expressions.RangeCheckRenderer;
import dev.opvc.compiler.emit.c.names.QueryLocalNames;
import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.text.Statements;
import dev.opvc.compiler.emit.c.types.CLiterals;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.Value;
import java.util.List;

/** The steps of a query as statements of the function that is being written. */
abstract class QuerySteps implements QueryFormWriter {
    private static final String COUNTER = "i";
    private static final String ELEMENT = "element";

    final QueryLocalNames locals;
    final ExpressionRenderer expressions;
    final QueryCells cells;
    private final RangeCheckRenderer checks;
    private final String counter;
    private final String element;

    QuerySteps(NamedQuery named) {
        this.locals = named.locals();
        this.expressions = new ExpressionRenderer(locals);
        this.cells = new QueryCells(named, expressions);
        this.checks = new RangeCheckRenderer(expressions);
        this.counter = locals.variable(COUNTER);
        this.element = locals.variable(ELEMENT);
    }

    /** Those of the function that is being written. */
    abstract Statements statements();

    @Override
    public final void begin(FoldedValue folded) {
        String neutral = expressions.render(folded.neutral()).text();
        String target = locals.of(folded.local());
        if (folded.isArray()) {
            statements().add(loop(folded), Statements.INDENT + target + "[" + counter + "] = " + neutral + ";");
        } else {
            statements().add(target + " = " + neutral + ";");
        }
    }

    /** Stores a folded array where its elements go. */
    final void store(FoldedValue.Array folded, String target) {
        String source = locals.of(folded.local());
        statements()
                .add(loop(folded), Statements.INDENT + target + "[" + counter + "] = " + source + "[" + counter + "];");
    }

    private String loop(FoldedValue folded) {
        return loop(folded, 0);
    }

    private String loop(FoldedValue folded, int first) {
        String length = folded.givenLength()
                .map(given -> expressions.render(given).text())
                .orElse(Long.toString(folded.length()));
        return "for (size_t " + counter + " = " + first + "; " + counter + " < " + length + "; " + counter + "++)";
    }

    @Override
    public final void bind(QueryStep.Bind bind) {
        declare(locals.of(bind.local()), bind.value().type(), expressions.render(bind.value()));
    }

    @Override
    public final void check(QueryStep.Check check) {
        CExpression failed = checks.renderFailure(check.check());
        CExpression condition = check.when()
                .map(when -> CExpression.infix(expressions.render(when), "&&", failed))
                .orElse(failed);
        statements().addIf(condition, "return " + Conclusions.RANGE_ERROR + ";");
    }

    @Override
    public final void read(QueryStep.Read read) {
        declare(locals.of(read.prepared()), read.prepared().type(), value(read));
    }

    /** Where its condition does not hold, nobody uses the value. */
    private CExpression value(QueryStep.Read read) {
        CExpression value = cells.value(read.prepared().place());
        Value.Constant zero = Value.Constant.zero(read.prepared().type());
        return read.when()
                .map(when ->
                        CExpression.choice(expressions.render(when), value, CLiterals.typed(zero.type(), zero.value())))
                .orElse(value);
    }

    private void declare(String name, Type type, CExpression value) {
        statements().declare(CTypes.declare(type, name), value);
    }

    @Override
    public final void accumulate(QueryStep.Accumulate accumulate) {
        FoldedValue.Scalar folded = accumulate.folded();
        Value sum = folded.combine(new Value.OfFolded(folded), folded.operand());
        statements().add(locals.of(folded.local()) + " = " + expressions.render(sum) + ";");
    }

    /** An element is known to the renderers as a binding, and what is folded into it as a value that was read. */
    @Override
    public final void accumulateArray(QueryStep.AccumulateArray accumulate) {
        FoldedValue.Array folded = accumulate.folded();
        Local target = new Local(folded.local().identifier(), folded.scalar());
        Local index = new Local(folded.local().identifier(), ScalarType.U32);
        locals.assign(target, locals.of(folded.local()) + "[" + counter + "]");
        locals.assign(index, counter);
        Place place = folded.operand().element(new Value.OfLocal(index), folded.arrayType());
        Prepared value = new Prepared(element, place);
        locals.assign(value, element);
        Value sum = folded.combine(new Value.OfLocal(target), new Value.OfPrepared(value));
        statements()
                .add(List.of(
                        loop(folded) + " {",
                        Statements.INDENT + CTypes.declare(folded.scalar(), element) + " = " + cells.value(place) + ";",
                        Statements.INDENT + locals.of(target) + " = " + expressions.render(sum) + ";",
                        "}"));
    }

    @Override
    public final void cumulate(QueryStep.Cumulate cumulate) {
        FoldedValue.Array folded = cumulate.folded();
        Local target = new Local(folded.local().identifier(), folded.scalar());
        Local before = new Local(folded.local().identifier(), folded.scalar());
        locals.assign(target, locals.of(folded.local()) + "[" + counter + "]");
        locals.assign(before, locals.of(folded.local()) + "[" + counter + " - 1]");
        Value sum = folded.combine(new Value.OfLocal(target), new Value.OfLocal(before));
        statements()
                .add(loop(folded, 1), Statements.INDENT + locals.of(target) + " = " + expressions.render(sum) + ";");
    }
}
