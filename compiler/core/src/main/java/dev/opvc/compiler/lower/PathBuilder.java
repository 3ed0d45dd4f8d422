// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects a path as its statements are lowered one after the other. */
final class PathBuilder {
    private final List<Step> preparation = new ArrayList<>();
    private final List<Operation> writes = new ArrayList<>();
    private final Map<Expr, Address.OfCell> cells = new LinkedHashMap<>();
    private final Set<RangeCheck> checks = new HashSet<>();

    /** Adds a step; a check that has been made already holds still, because values do not change. */
    void prepare(Step step) {
        if (!(step instanceof Step.Check check) || checks.add(check.check())) {
            preparation.add(step);
        }
    }

    void check(RangeCheck check) {
        prepare(new Step.Check(check));
    }

    void guard(Operation.Compare operation, Outcome outcome) {
        prepare(new Step.Guard(operation, outcome));
    }

    void write(Operation operation) {
        writes.add(operation);
    }

    /** The operations behind the guards so far. */
    List<Operation> writes() {
        return writes;
    }

    /** A cell that holds a value while the vector runs. Nothing writes to it, so equal values share one. */
    Address.OfCell cell(Expr value) {
        return cells.computeIfAbsent(value, each -> new Address.OfCell(cells.size(), each));
    }

    /** Adds a cell that was numbered elsewhere, once. */
    void adopt(Address.OfCell cell) {
        cells.putIfAbsent(cell.value(), cell);
    }

    VectorPath build() {
        return new VectorPath(List.of(), preparation, writes, List.copyOf(cells.values()));
    }
}
