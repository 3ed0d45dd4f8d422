// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import dev.opvc.compiler.vector.QueryResult;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import java.util.ArrayList;
import java.util.List;

/** Says in words what a query does beside the vectors that read slots. */
final class QueryText {
    private final OpvText opv;
    private final StepText steps;

    QueryText(OpvText opv) {
        this.opv = opv;
        this.steps = new StepText(opv);
    }

    /** What happens before any CPU is looked at. */
    List<String> before(QueryUnit query) {
        return texts(query.before());
    }

    /** What is checked of each CPU's copy, and how it is folded in. */
    List<String> folds(QueryUnit query) {
        return texts(query.each());
    }

    /** What becomes of the folds. */
    List<String> results(QueryUnit query) {
        List<String> lines = new ArrayList<>(texts(query.after()));
        for (QueryResult value : query.values()) {
            String text = value instanceof QueryResult.Computed computed
                    ? opv.expression(computed.value())
                    : opv.fold(((QueryResult.Array) value).folded());
            lines.add(value.result().name() + " = " + text);
        }
        return lines;
    }

    private List<String> texts(List<QueryStep> all) {
        List<String> lines = new ArrayList<>();
        for (QueryStep step : all) {
            if (step instanceof QueryStep.Bind bind) {
                lines.add("let " + bind.local().name() + " = " + opv.expression(bind.value()));
            } else if (step instanceof QueryStep.Check check) {
                String when = check.when()
                        .map(condition -> ", where " + opv.expression(condition))
                        .orElse("");
                lines.add("check that " + steps.of(check.check()) + when);
            } else if (step instanceof QueryStep.Accumulate accumulate) {
                lines.add("fold " + opv.fold(accumulate.folded()));
            } else if (step instanceof QueryStep.AccumulateArray accumulate) {
                lines.add("fold " + opv.fold(accumulate.folded()) + ", element by element");
            }
        }
        return lines;
    }
}
