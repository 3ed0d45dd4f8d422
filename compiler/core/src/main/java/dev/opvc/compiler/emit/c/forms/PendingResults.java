// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.expressions.ExpressionRenderer;
import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.emit.c.types.RawBits;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.Value;
import java.util.List;
import java.util.stream.Collectors;

/** The variable in which a form has results until the unit has committed, and what becomes of them then. */
final class PendingResults {
    private final NamedUnit named;
    private final List<Result> results;

    PendingResults(NamedUnit named) {
        this.named = named;
        this.results = named.unit().results();
    }

    /** Declares it. A compiler cannot know that they are there where they are asked for. */
    void declare(CText text) {
        ExpressionRenderer expressions = new ExpressionRenderer(named.locals());
        String none = results.stream()
                .map(result ->
                        expressions.render(Value.Constant.zero(result.type())).text())
                .collect(Collectors.joining(", "));
        text.line("struct " + named.names().resultsTag() + " results = {" + none + "};");
    }

    /** Stores all of them where they go, if the unit has committed. */
    void handOver(CText text) {
        handOver(text, List.of());
    }

    /**
     * The same.
     *
     * @param inCells those that are in cells instead
     */
    void handOver(CText text, List<Result> inCells) {
        List<String> assignments = results.stream()
                .map(result -> assignment(result, inCells.contains(result)))
                .toList();
        if (assignments.size() == 1) {
            text.lineIf("result == 0", assignments.get(0));
        } else if (!assignments.isEmpty()) {
            text.open("if (result == 0)");
            assignments.forEach(text::line);
            text.close("}");
        }
    }

    private String assignment(Result result, boolean inCell) {
        String name = named.locals().of(result);
        CExpression value = inCell
                ? RawBits.value(result.type(), CExpression.primary("cells." + name))
                : CExpression.primary("results." + name);
        return "*" + name + " = " + value + ";";
    }
}
