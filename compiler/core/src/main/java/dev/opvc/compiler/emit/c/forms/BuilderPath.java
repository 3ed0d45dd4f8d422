// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.text.CExpression;
import java.util.HashSet;
import java.util.Set;

/** A path as far as its vector is built. */
final class BuilderPath {
    private final Set<String> filledCells = new HashSet<>();
    private int operations;

    /** The same path, where it becomes two. */
    BuilderPath branch() {
        BuilderPath branch = new BuilderPath();
        branch.filledCells.addAll(filledCells);
        branch.operations = operations;
        return branch;
    }

    /** Says that a cell has its value from here on; returns whether it did not before. */
    boolean fill(CExpression cell) {
        return filledCells.add(cell.text());
    }

    void addOperation() {
        operations++;
    }

    /** How many operations there are so far. */
    int operations() {
        return operations;
    }
}
