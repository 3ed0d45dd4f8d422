// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.SlotCopy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The names of the parameters and variables of a query's methods. */
final class QueryLocals extends Variables {
    private final Map<Integer, String> copies = new HashMap<>();
    private final String cpu;
    private final String vector;
    private final String result;

    QueryLocals(QueryUnit query, JavaLayout layout) {
        super(layout.receiver(query), layout.namesNotForVariables());
        query.parameters().forEach(this::nameParameter);
        cpu = fresh("cpu");
        vector = fresh("vector");
        result = fresh("result");
        query.perCpuParameters().forEach(this::nameSlot);
        query.folds().forEach(folded -> name(folded.local(), folded.local().name()));
        Stream.of(query.before(), query.each(), query.after()).forEach(steps -> steps.forEach(this::allocate));
        boolean several = query.copies().size() > 1;
        query.copies()
                .forEach(copy -> copies.put(copy.number(), fresh(several ? "copy" + (copy.number() + 1) : "copy")));
    }

    private void allocate(QueryStep step) {
        if (step instanceof QueryStep.Bind bind) {
            name(bind.local(), bind.local().name());
        } else if (step instanceof QueryStep.Read read) {
            name(read.prepared(), read.prepared().name());
        }
    }

    private void name(Object value, String source) {
        assign(value, fresh(JavaNames.variable(source)));
    }

    /** What has the address of a copy. */
    String copy(SlotCopy copy) {
        return Objects.requireNonNull(copies.get(copy.number()));
    }

    String value(FoldedValue folded) {
        return value(folded.local());
    }

    @Override
    String result() {
        return result;
    }

    @Override
    String bits(Prepared prepared) {
        throw new IllegalArgumentException("a query computes with values only");
    }

    @Override
    String cpu() {
        return cpu;
    }

    @Override
    String vector() {
        return vector;
    }
}
