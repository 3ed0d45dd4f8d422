// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Address;
import java.util.ArrayList;
import java.util.List;

/**
 * One way through a unit.
 *
 * @param when the conditions that choose it, as written; empty if there is no choice
 * @param preparation what happens before the vector can run, and the guards that stand first in it
 * @param writes the operations behind the guards, in the order written
 * @param cells the memory that operations find values in, by number
 */
public record VectorPath(
        List<String> when, List<Step> preparation, List<Operation> writes, List<Address.OfCell> cells) {
    public VectorPath {
        when = List.copyOf(when);
        preparation = List.copyOf(preparation);
        writes = List.copyOf(writes);
        cells = List.copyOf(cells);
    }

    /** The guards, in the order in which they stand in the vector. */
    public List<Step.Guard> guards() {
        return preparation.stream()
                .filter(Step.Guard.class::isInstance)
                .map(Step.Guard.class::cast)
                .toList();
    }

    /** The whole vector. */
    public List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        guards().forEach(guard -> all.add(guard.operation()));
        all.addAll(writes);
        return List.copyOf(all);
    }
}
