// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.ast.UnitKind;
import dev.opvc.compiler.emit.DocText;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.ArrayList;
import java.util.List;

/** What the functions of a unit promise to their callers. */
final class UnitComments {
    private final VectorUnit unit;
    private final UnitNames names;

    UnitComments(VectorUnit unit, UnitNames names) {
        this.unit = unit;
        this.names = names;
    }

    List<String> builder() {
        List<String> lines = new ArrayList<>();
        lines.add("Fills ops with the operations of " + names.function() + "(), and runs none.");
        if (UnitShape.hasCells(unit)) {
            lines.add("They point into cells, which must stay where it is until they have run.");
        }
        addGuards(lines);
        lines.add("");
        lines.add("@param ops room for " + names.operations() + " operations");
        if (UnitShape.canConclude(unit)) {
            addConclusion(lines);
        }
        lines.add("@return how many operations there are");
        return lines;
    }

    private void addGuards(List<String> lines) {
        List<Step.Guard> guards = UnitShape.path(unit).guards();
        for (int i = 0; i < guards.size(); i++) {
            lines.add("Where operation " + (i + 1) + " stops the vector, the outcome is "
                    + names.enumerator(guards.get(i).outcome().name()) + ".");
        }
    }

    private void addConclusion(List<String> lines) {
        lines.add("@param conclusion receives 0 where the operations are complete. Else it receives how the unit");
        lines.add("       ends, " + (unit.outcomes().isEmpty() ? "" : "an outcome, or ")
                + "-EINVAL for a range error, if the operations, the guards before");
        lines.add("       that, run to their end");
    }

    /** For the form that names the CPU. */
    List<String> onCpu() {
        List<String> promise = new ArrayList<>(List.of("Runs as an operation vector on CPU cpu, a possible one."));
        addReturn(promise);
        return CComment.paragraphs(DocText.lines(unit.doc()), promise);
    }

    /** For the form that does not. */
    List<String> currentCpu() {
        List<String> promise =
                new ArrayList<>(List.of("Runs as an operation vector on the CPU that the caller is on."));
        addReturn(promise);
        return CComment.paragraphs(DocText.lines(unit.doc()), promise);
    }

    private void addReturn(List<String> lines) {
        lines.add("");
        if (unit.kind() == UnitKind.VECTOR) {
            lines.add("@return 0; the number, from 1, of the comparison that stopped it; or a negative errno:");
            lines.add("        -EINVAL for a range error or a CPU that is not possible, -EFAULT for an operand that");
            lines.add("        is not accessible, -EAGAIN for one that was expected to fault");
            return;
        }
        lines.add("@return " + (unit.outcomes().isEmpty() ? "0" : "an enum " + names.outcomeTag()) + ";");
        lines.add("        or a negative errno, and nothing has happened: -EINVAL for a range error or a CPU that");
        lines.add("        is not possible, -EFAULT for memory that is not accessible");
    }
}
