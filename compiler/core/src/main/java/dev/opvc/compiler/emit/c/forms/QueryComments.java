// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.DocText;
import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.emit.c.names.QueryLocalNames;
import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.QueryResult;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.Value;
import java.util.ArrayList;
import java.util.List;

/** What the functions of a query promise to their callers. */
final class QueryComments {
    private final QueryUnit query;
    private final UnitNames names;
    private final QueryLocalNames locals;

    QueryComments(NamedQuery named) {
        this.query = named.query();
        this.names = named.names();
        this.locals = named.locals();
    }

    private boolean drains() {
        return query.kind() == UnitKind.DRAIN;
    }

    private String work() {
        return drains() ? "copy and set back" : "copy";
    }

    List<String> builder() {
        boolean canFail = query.before().stream().anyMatch(QueryStep.Check.class::isInstance);
        List<String> lines = new ArrayList<>();
        lines.add("Fills ops with the operations that " + work() + " one CPU's slots for " + names.function()
                + "(), and runs none.");
        lines.add("They point into cells, which must stay where it is until they have run.");
        lines.add("");
        lines.add("@param ops room for " + names.operations() + " operations");
        lines.add("@return how many operations there are" + (canFail ? "; or -EINVAL for a range error" : ""));
        return lines;
    }

    List<String> copy() {
        if (drains()) {
            return List.of("What the operations of " + names.builder() + "() do, on slots that others are kept from.");
        }
        return List.of(
                "What the operations of " + names.builder()
                        + "() do, on slots as they are; of one moment, if others are kept from",
                "them or have not come.");
    }

    List<String> begin() {
        return List.of("Checks the parameters of " + names.function() + "(), and begins to fold.");
    }

    List<String> fold() {
        return List.of("Folds the copy of one CPU's slots in; returns 0, or -EINVAL for a range error.");
    }

    List<String> end() {
        return List.of("Makes the results of what has been folded; returns 0, or -EINVAL for a range error.");
    }

    List<String> direct(boolean oneCpu) {
        return List.of(
                "The direct form of " + function(oneCpu) + ": " + does(oneCpu) + " by plain code that excludes",
                "all others on that CPU.");
    }

    List<String> looking(boolean oneCpu) {
        return List.of(
                "The direct form of " + function(oneCpu) + ": " + does(oneCpu) + " by plain code, and again where",
                "the CPU's version says that others have changed something meanwhile. It keeps nobody waiting,",
                "unless that happens again and again; then it holds the CPU for a copy, with signals blocked.");
    }

    List<String> vector(boolean oneCpu) {
        return List.of(
                "The vector form of " + function(oneCpu) + ": " + does(oneCpu) + " by an operation vector on that",
                "CPU.");
    }

    private String function(boolean oneCpu) {
        return (oneCpu ? names.onCpu() : names.function()) + "()";
    }

    private String does(boolean oneCpu) {
        return (drains() ? "copies and sets back" : "copies") + (oneCpu ? " CPU cpu's slots" : " each CPU's slots");
    }

    /** What the user wrote about the query, and what its function promises. */
    List<String> promise(boolean oneCpu) {
        return CComment.paragraphs(
                DocText.lines(query.doc()), CComment.paragraphs(room(), oneCpu ? ofOneCpu() : ofEveryCpu()));
    }

    /** Where results are as long as what is folded, which the compiler does not know. */
    private List<String> room() {
        List<String> lines = new ArrayList<>();
        for (QueryResult value : query.values()) {
            if (value instanceof QueryResult.Array array) {
                locals.capacity(array.result()).ifPresent(capacity -> lines.addAll(room(array, capacity)));
            }
        }
        return lines;
    }

    private List<String> room(QueryResult.Array array, String capacity) {
        String result = locals.of(array.result());
        Parameter slot = ((Value.OfParameter) array.folded().givenLength().orElseThrow())
                .parameter()
                .lengthOf()
                .orElseThrow();
        return List.of(
                "Stores as many elements of " + result + " as " + CNames.length(slot.struct()) + "(" + locals.of(slot)
                        + ") says, which are at",
                "most " + array.folded().length() + ". If " + capacity
                        + ", how many there is room for, is less, the answer is -EINVAL, and",
                "nothing has happened.");
    }

    private List<String> ofEveryCpu() {
        return drains()
                ? List.of(
                        "Takes one possible CPU after the other: what it folds there it also sets back, in the same step, so",
                        "that each change is in exactly one drain's answer. A CPU that the calling thread holds itself, where",
                        "this is called in a signal handler, is left for the next drain.",
                        "",
                        "@return 0; or -EINVAL for a range error, and nothing has happened")
                : List.of(
                        "Reads one possible CPU after the other, each in one state. What happens meanwhile on CPUs",
                        "that are yet to be read is seen, on others it is not. It waits for holders of a CPU. A signal's",
                        "handler may call it.",
                        "",
                        "@return 0; or a negative errno, and no result has changed: -EINVAL for a range error; -EDEADLK in",
                        "        a signal handler that interrupts a holder of a CPU");
    }

    private List<String> ofOneCpu() {
        return List.of(
                drains()
                        ? "Takes CPU cpu alone: what it folds there it also sets back, in the same step."
                        : "Reads CPU cpu alone, in one state.",
                "",
                "@return 0; or a negative errno, and nothing has happened: -EINVAL for a range error or a CPU that is",
                "        not possible; -EDEADLK in a signal handler that interrupts a holder of the CPU");
    }
}
