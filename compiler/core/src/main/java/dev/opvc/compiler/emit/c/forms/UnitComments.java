// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.DocText;
import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.ArrayList;
import java.util.List;

/** What the functions of a unit promise to their callers. */
final class UnitComments {
    private final VectorUnit unit;
    private final UnitShape shape;
    private final UnitNames names;

    UnitComments(NamedUnit named) {
        this.unit = named.unit();
        this.shape = named.shape();
        this.names = named.names();
    }

    List<String> builder() {
        List<String> lines = new ArrayList<>();
        lines.add("Fills ops with the operations of " + names.function() + "(), and runs none of them.");
        if (shape.hasCells()) {
            lines.add("They point into cells, which must stay where it is until they have run.");
        }
        lines.add("");
        lines.add("@param ops room for " + names.operations() + " operations");
        if (shape.canLoad()) {
            lines.add("@param cpu where it runs vectors that load what lies behind pointers, a possible CPU");
        }
        if (shape.hasPlan()) {
            lines.add("@param plan receives what the end of the operations means; see opv_run()");
        }
        lines.add("@return how many operations there are");
        return lines;
    }

    /** For what several paths of a function do at their ends. */
    List<String> sharedEnd(String function) {
        return List.of("How several ways through " + function + "() end.");
    }

    /** For what the direct form does under exclusion. */
    List<String> locked() {
        return List.of("What " + names.directOnCpu() + "() does, on memory that it keeps others from.");
    }

    List<String> direct() {
        return List.of(
                "The direct form of " + names.function() + "(): plain code that excludes all others on CPU cpu.",
                "Memory that is not accessible is a fault like any other in C.");
    }

    /** For the vector form, which is the only one that a raw vector has. */
    List<String> vector() {
        if (!shape.hasDirectForm()) {
            return promise("Runs as an operation vector on CPU cpu, a possible one.");
        }
        List<String> lines = new ArrayList<>();
        lines.add("The vector form of " + names.function() + "(): an operation vector on CPU cpu.");
        if (unit.canRetry()) {
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
        lines.add("        is not possible; -EDEADLK in a signal handler that interrupts a holder of the CPU; in");
        lines.add("        the vector form -EFAULT for memory that is not accessible");
    }
}
