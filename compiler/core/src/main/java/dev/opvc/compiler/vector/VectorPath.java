// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import java.util.ArrayList;
import java.util.List;

/**
 * One way through a unit.
 *
 * @param when the conditions that choose it, as written; empty if there is no choice
 * @param preparation what happens before the vector can run, and the guards that stand first in it
 * @param writes the operations behind the guards, in the order written
 * @param results what the results are, once it has committed
 */
public record VectorPath(List<String> when, List<Step> preparation, List<Operation> writes, List<ResultValue> results) {

    public VectorPath {
        when = List.copyOf(when);
        preparation = List.copyOf(preparation);
        writes = List.copyOf(writes);
        results = List.copyOf(results);
    }

    /** Whether preparation reads memory, so that it may have to be done again. */
    public boolean canRetry() {
        return preparation.stream().anyMatch(step -> !step.reads().isEmpty());
    }

    /** The whole vector. */
    public List<Operation> operations() {
        List<Operation> all = new ArrayList<>(conditions());
        all.addAll(writes);
        return List.copyOf(all);
    }

    /** The guards and validations, which stand first in the vector. */
    public List<Operation.Compare> conditions() {
        return conditions(preparation);
    }

    private static List<Operation.Compare> conditions(List<Step> steps) {
        return steps.stream().flatMap(step -> step.conditions().stream()).toList();
    }

    /**
     * The loading vectors that run before the vector, in order: the conditions so far, and behind them copies of what
     * they protect.
     */
    public List<List<Operation>> loads() {
        List<List<Operation>> loads = new ArrayList<>();
        for (int i = 0; i < preparation.size(); i++) {
            if (preparation.get(i) instanceof Step.Load load) {
                List<Operation> operations = new ArrayList<>(conditions(preparation.subList(0, i)));
                load.values().forEach(value -> operations.add(value.copy()));
                loads.add(List.copyOf(operations));
            }
        }
        return List.copyOf(loads);
    }
}
