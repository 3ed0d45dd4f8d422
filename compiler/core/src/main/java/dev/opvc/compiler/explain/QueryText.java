// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import dev.opvc.compiler.vector.QueryResult;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
            lines.add(value.result().name() + " = " + value.match(new ResultText()));
        }
        return lines;
    }

    private List<String> texts(List<QueryStep> all) {
        return all.stream().flatMap(step -> step.match(new Texts()).stream()).toList();
    }

    private final class ResultText implements QueryResult.Cases<String> {
        @Override
        public String computed(QueryResult.Computed computed) {
            return opv.expression(computed.value());
        }

        @Override
        public String array(QueryResult.Array array) {
            return opv.fold(array.folded());
        }
    }

    /** What a step does; nothing is said of reading the copy. */
    private final class Texts implements QueryStep.Cases<Optional<String>> {
        @Override
        public Optional<String> bind(QueryStep.Bind bind) {
            return Optional.of("let " + bind.local().name() + " = " + opv.expression(bind.value()));
        }

        @Override
        public Optional<String> check(QueryStep.Check check) {
            String when = check.when()
                    .map(condition -> ", where " + opv.expression(condition))
                    .orElse("");
            return Optional.of("check that " + steps.of(check.check()) + when);
        }

        @Override
        public Optional<String> read(QueryStep.Read read) {
            return Optional.empty();
        }

        @Override
        public Optional<String> accumulate(QueryStep.Accumulate accumulate) {
            return Optional.of("fold " + opv.fold(accumulate.folded()));
        }

        @Override
        public Optional<String> accumulateArray(QueryStep.AccumulateArray accumulate) {
            return Optional.of("fold " + opv.fold(accumulate.folded()) + ", element by element");
        }

        @Override
        public Optional<String> cumulate(QueryStep.Cumulate cumulate) {
            return Optional.of("add to each element of " + opv.fold(cumulate.folded()) + " those before it");
        }
    }
}
