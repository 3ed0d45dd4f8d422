// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One way through a unit.
 *
 * @param when the conditions that choose it, as written; empty if there is no choice
 * @param preparation what happens before the vector can run, and the guards that stand first in it
 * @param writes the operations behind the guards, in the order written
 * @param results what the results are, once it has committed
 * @param cells the memory that operations find values in, by number
 */
public record VectorPath(
        List<String> when,
        List<Step> preparation,
        List<Operation> writes,
        List<ResultValue> results,
        List<Address.OfCell> cells) {
    public VectorPath {
        when = List.copyOf(when);
        preparation = List.copyOf(preparation);
        writes = List.copyOf(writes);
        results = List.copyOf(results);
        cells = List.copyOf(cells);
    }

    /** The guards, in the order in which they stand in the vector. */
    public List<Step.Guard> guards() {
        return preparation.stream()
                .filter(Step.Guard.class::isInstance)
                .map(Step.Guard.class::cast)
                .toList();
    }

    /** The operation that a step puts into the vector, if it does. */
    public static Optional<Operation> operationOf(Step step) {
        if (step instanceof Step.Guard guard) {
            return Optional.of(guard.operation());
        }
        return step instanceof Step.Read read ? Optional.of(read.validation()) : Optional.empty();
    }

    /** Whether preparation reads memory, so that it may have to be done again. */
    public boolean canRetry() {
        return preparation.stream().anyMatch(Step.Read.class::isInstance);
    }

    /** The whole vector. */
    public List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        for (Step step : preparation) {
            operationOf(step).ifPresent(all::add);
        }
        all.addAll(writes);
        return List.copyOf(all);
    }
}
