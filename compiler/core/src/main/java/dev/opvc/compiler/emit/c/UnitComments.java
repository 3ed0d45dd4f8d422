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
        List<Step> looking = UnitShape.looking(unit);
        for (int i = 0; i < looking.size(); i++) {
            String meaning = looking.get(i) instanceof Step.Guard guard
                    ? "the outcome is " + names.enumerator(guard.outcome().name())
                    : "what was read has changed: fill it again";
            lines.add("Where operation " + (i + 1) + " stops the vector, " + meaning + ".");
        }
    }

    private void addConclusion(List<String> lines) {
        lines.add("@param conclusion receives 0 where the operations are complete. Else it receives how the unit");
        lines.add("       ends, " + (unit.outcomes().isEmpty() ? "" : "an outcome, or ")
                + "-EINVAL for a range error, if the operations, the guards before");
        lines.add("       that, run to their end");
    }

    /** For what the direct form does under exclusion. */
    List<String> locked() {
        return List.of("What " + names.direct() + "() does, on memory that it keeps others from.");
    }

    List<String> direct() {
        return List.of(
                "The direct form of " + names.function() + "(): plain code that excludes all others on CPU cpu.",
                "Memory that is not accessible is a fault like any other in C.");
    }

    /** For the vector form, which is the only one that a raw vector has. */
    List<String> vector() {
        if (!UnitShape.hasDirectForm(unit)) {
            return promise("Runs as an operation vector on CPU cpu, a possible one.");
        }
        List<String> lines = new ArrayList<>();
        lines.add("The vector form of " + names.function() + "(): an operation vector on CPU cpu.");
        if (UnitShape.canRetry(unit)) {
            lines.add("Where others change what was prepared, it is prepared again, and in the end done directly.");
        }
        lines.add("Of memory that is not accessible, the answer is -EFAULT, and nothing has happened.");
        return lines;
    }

    /** For the form that names the CPU. */
    List<String> onCpu() {
        return promise("Runs on CPU cpu, a possible one.");
    }

    /** For the form that does not. */
    List<String> currentCpu() {
        return promise("Runs on the CPU that the caller is on.");
    }

    private List<String> promise(String first) {
        List<String> promise = new ArrayList<>(List.of(first));
        if (!unit.results().isEmpty()) {
            promise.add("Results are written where it commits, and only there.");
        }
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
        lines.add("        is not possible; in the vector form -EFAULT for memory that is not accessible");
    }
}
