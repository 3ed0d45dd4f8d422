// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.names;

import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import java.util.stream.Stream;

/** Names the variables of a query. */
final class QueryVariables {
    private QueryVariables() {}

    static void name(QueryUnit query, Variables variables) {
        query.parameters().forEach(variables::nameParameter);
        variables.nameCpu();
        variables.nameCpus();
        variables.nameVector();
        variables.nameResult();
        query.perCpuParameters().forEach(variables::nameSlot);
        query.folds().forEach(folded -> name(folded.local(), folded.local().name(), variables));
        Stream.of(query.before(), query.each(), query.after())
                .forEach(steps -> steps.forEach(step -> name(step, variables)));
        boolean several = query.copies().size() > 1;
        query.copies()
                .forEach(copy ->
                        variables.nameCopy(copy, variables.fresh(several ? "copy" + (copy.number() + 1) : "copy")));
    }

    private static void name(QueryStep step, Variables variables) {
        if (step instanceof QueryStep.Bind bind) {
            name(bind.local(), bind.local().name(), variables);
        } else if (step instanceof QueryStep.Read read) {
            name(read.prepared(), read.prepared().name(), variables);
        }
    }

    private static void name(Object value, String source, Variables variables) {
        variables.assign(value, variables.fresh(JavaNames.variable(source)));
    }
}
