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

    /** For the form on the current CPU that holds it, where there is one that does not. */
    List<String> holding() {
        return List.of(
                names.function()
                        + "() where it holds the CPU that the caller is on: whoever wants that CPU waits until it is",
                "done, also while its thread is preempted. Not for code that asynchronous cancellation may end.");
    }

    /** For the form on the current CPU that does not hold it. */
    List<String> optimistic() {
        return List.of(
                names.function() + "() where it does not hold the CPU that the caller is on: it makes its store in one",
                "restartable section, and begins again where others have come between. It keeps nobody waiting,",
                "and waits for holders of the CPU alone.");
    }

    /** For what the optimistic form does once or several times. */
    List<String> attempt() {
        return List.of(
                "One attempt of " + names.optimistic()
                        + "(). What it reads may be of a state that never was, and counts",
                "only if the section that commits, or opv_attempt_holds(), finds the CPU as it was; else the answer is",
                "OPV_PREPARE_AGAIN.");
    }

    /** For what is left to do where that section did nothing. */
    List<String> busy() {
        return List.of("What " + names.optimistic()
                + "() does where its section cannot: the CPU is held, or vectors are used.");
    }

    /** For the optimistic form that is one section. */
    List<String> section() {
        return List.of(
                "What " + names.optimistic()
                        + "() does, given the slots of CPU 0: the section finds out on which CPU it is,",
                "and works on the slots of that.");
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
        return promise("Runs on the CPU that the caller is on.", waiting());
    }

    /** Who may wait for whom; and what that means in a signal's handler. */
    private List<String> waiting() {
        if (!shape.hasDirectForm()) {
            return List.of();
        }
        return shape.isOptimistic()
                ? List.of(
                        "It commits in one restartable section, unless OPV_PREFER_LOCK is defined: it keeps nobody waiting,",
                        "and waits for holders of the CPU alone. A signal's handler may call it, whatever it interrupts",
                        "but a holder of the CPU.")
                : List.of(
                        "It holds the CPU: whoever wants the CPU waits until it is done, also while its thread is",
                        "preempted. A signal's handler that interrupts it, or another holder, gets -EDEADLK.");
    }

    private List<String> promise(String first) {
        return promise(first, List.of());
    }

    private List<String> promise(String first, List<String> waiting) {
        List<String> promise = new ArrayList<>(List.of(first));
        promise.addAll(waiting);
        if (!waiting.isEmpty() && shape.isOptimistic() && SingleStores.link(unit)) {
            promise.add(
                    "Nobody else may look at where the node keeps its next until the node is in the list. If it does");
            promise.add("not commit, that may have been written.");
        }
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
