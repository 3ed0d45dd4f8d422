// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.DocText;
import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import java.util.ArrayList;
import java.util.List;

/** What the functions of a query promise to their callers. */
final class QueryComments {
    private final QueryUnit query;
    private final UnitNames names;

    QueryComments(NamedQuery named) {
        this.query = named.query();
        this.names = named.names();
    }

    List<String> builder() {
        boolean canFail = query.before().stream().anyMatch(QueryStep.Check.class::isInstance);
        List<String> lines = new ArrayList<>();
        lines.add("Fills ops with the operations that copy one CPU's slots for " + names.function()
                + "(), and runs none.");
        lines.add("They point into cells, which must stay where it is until they have run.");
        lines.add("");
        lines.add("@param ops room for " + names.operations() + " operations");
        lines.add("@return how many operations there are" + (canFail ? "; or -EINVAL for a range error" : ""));
        return lines;
    }

    List<String> copy() {
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

    List<String> direct() {
        return List.of(
                "The direct form of " + names.function() + "(): copies each CPU's slots by plain code, and again",
                "where the CPU's version says that others have changed something meanwhile. It keeps nobody waiting,",
                "unless that happens again and again; then it holds that CPU for a copy, with signals blocked.");
    }

    List<String> vector() {
        return List.of(
                "The vector form of " + names.function() + "(): copies each CPU's slots by an operation vector on that",
                "CPU.");
    }

    /** What the user wrote about the query, and what its function promises. */
    List<String> promise() {
        List<String> promise = new ArrayList<>();
        promise.add("Reads one possible CPU after the other, each in one state. What happens meanwhile on CPUs");
        promise.add("that are yet to be read is seen, on others it is not.");
        promise.add("It waits for holders of a CPU. A signal's handler may call it.");
        promise.add("");
        promise.add(
                "@return 0; or a negative errno, and no result has changed: -EINVAL for a range error; -EDEADLK in");
        promise.add("        a signal handler that interrupts a holder of a CPU");
        return CComment.paragraphs(DocText.lines(query.doc()), promise);
    }
}
