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
        List<Step.Guard> guards = UnitShape.path(unit).guards();
        for (int i = 0; i < guards.size(); i++) {
            lines.add("Operation " + (i + 1) + " stops the vector where the outcome is "
                    + names.enumerator(guards.get(i).outcome().name()) + ".");
        }
        lines.add("");
        lines.add("@param ops room for " + names.operations() + " operations");
        if (UnitShape.canConclude(unit)) {
            lines.add(
                    "@param conclusion receives 0 if the operations are complete. Otherwise they are the guards that come");
            lines.add("       before " + (unit.outcomes().isEmpty() ? "" : "an outcome or ")
                    + "a range error, -EINVAL, which is stored here: the answer if they run to");
            lines.add("       their end");
        }
        lines.add("@return how many operations there are");
        return lines;
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
            lines.add(
                    "@return 0; the number, from 1, of the comparison that stopped it; or a negative errno: -EINVAL for a");
            lines.add(
                    "        range error or a CPU that is not possible, -EFAULT for an operand that is not accessible,");
            lines.add("        -EAGAIN for one that was expected to fault");
            return;
        }
        String outcomes = unit.outcomes().isEmpty() ? "0" : "an enum " + names.outcomeTag();
        lines.add("@return " + outcomes
                + "; or a negative errno, and nothing has happened: -EINVAL for a range error or a");
        lines.add("        CPU that is not possible, -EFAULT for memory that is not accessible");
    }
}
