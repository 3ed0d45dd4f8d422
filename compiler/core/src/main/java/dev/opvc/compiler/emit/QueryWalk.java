// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit;

import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import java.util.List;

/** Leads a form's writer through the work of a query: the one order of its parts. */
public final class QueryWalk implements QueryStep.Cases<Runnable> {
    private final QueryFormWriter form;

    private QueryWalk(QueryFormWriter form) {
        this.form = form;
    }

    /** Has a form write all of a query. */
    public static void walk(QueryUnit query, QueryFormWriter form) {
        steps(query.before(), form);
        query.folds().forEach(form::begin);
        form.beginCpu();
        steps(query.each(), form);
        form.endCpu();
        steps(query.after(), form);
        form.results(query.values());
    }

    /** Has a form write steps alone. */
    public static void steps(List<QueryStep> steps, QueryFormWriter form) {
        QueryWalk walk = new QueryWalk(form);
        steps.forEach(step -> step.match(walk).run());
    }

    @Override
    public Runnable bind(QueryStep.Bind bind) {
        return () -> form.bind(bind);
    }

    @Override
    public Runnable check(QueryStep.Check check) {
        return () -> form.check(check);
    }

    @Override
    public Runnable read(QueryStep.Read read) {
        return () -> form.read(read);
    }

    @Override
    public Runnable accumulate(QueryStep.Accumulate accumulate) {
        return () -> form.accumulate(accumulate);
    }

    @Override
    public Runnable accumulateArray(QueryStep.AccumulateArray accumulate) {
        return () -> form.accumulateArray(accumulate);
    }

    @Override
    public Runnable cumulate(QueryStep.Cumulate cumulate) {
        return () -> form.cumulate(cumulate);
    }
}
