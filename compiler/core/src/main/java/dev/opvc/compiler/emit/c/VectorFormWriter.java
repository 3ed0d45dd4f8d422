// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;
import java.util.stream.Collectors;

/** The function that builds a unit's vector and runs it: again, as long as others change what was prepared. */
final class VectorFormWriter {
    private final CText text;
    private final VectorUnit unit;
    private final UnitNames names;
    private final LocalNames locals;
    private final UnitSignature signature;
    private final UnitComments comments;

    VectorFormWriter(CText text, VectorUnit unit, UnitNames names, LocalNames locals) {
        this.text = text;
        this.unit = unit;
        this.names = names;
        this.locals = locals;
        this.signature = new UnitSignature(unit, names, locals);
        this.comments = new UnitComments(unit, names);
    }

    void write(String name) {
        CComment.write(text, comments.vector());
        text.function("int " + name, signature.onCpu());
        writeVariables();
        text.blank();
        writeCpuCheck();
        if (unit.canRetry()) {
            writeTurns();
        } else {
            writeBuild();
            writeRun();
        }
        text.close("}");
    }

    private void writeVariables() {
        text.line("struct cpu_op ops[" + names.operations() + "];");
        if (UnitShape.hasCells(unit)) {
            text.line("struct " + names.cellsTag() + " cells;");
        }
        if (!UnitShape.computedResults(unit).isEmpty()) {
            text.line("struct " + names.resultsTag() + " results = {" + noResults() + "};");
        }
        if (UnitShape.hasPlan(unit)) {
            text.line("struct opv_plan plan = OPV_PLAN_EMPTY;");
        }
        text.line("int count;");
        if (unit.canRetry() || !unit.results().isEmpty()) {
            text.line("int result;");
        }
        if (unit.canRetry()) {
            text.line("int turn = 0;");
        }
    }

    /** A compiler cannot know that they are there where they are asked for. */
    private String noResults() {
        return UnitShape.computedResults(unit).stream()
                .map(result -> new ExpressionRenderer(locals)
                        .render(Value.Constant.zero(result.type()))
                        .text())
                .collect(Collectors.joining(", "));
    }

    /** Before there is a slot; and before a conclusion that needs no operations, which is the engine's check otherwise. */
    private void writeCpuCheck() {
        if (UnitShape.hasSlots(unit) || UnitShape.hasPlan(unit)) {
            text.line("if (!opv_cpu_is_possible(cpu))");
            text.line("    return -EINVAL;");
        }
    }

    private void writeBuild() {
        text.line("count = " + names.builder() + "(" + signature.builderArguments() + ");");
    }

    private void writeRun() {
        if (!UnitShape.hasDirectForm(unit)) {
            writeRawRun();
            return;
        }
        if (unit.results().isEmpty()) {
            text.line("return " + run() + ";");
            return;
        }
        text.line("result = " + run() + ";");
        writeEnd();
    }

    /** The result of a raw vector is what its operations answer: only preparation has something else to say. */
    private void writeRawRun() {
        if (UnitShape.hasPlan(unit)) {
            text.line("if (plan.conclusion != 0)");
            text.line("    return plan.conclusion;");
        }
        text.line("return opv_execute(ops, count, cpu);");
    }

    private String run() {
        return UnitShape.hasPlan(unit) ? "opv_run(ops, count, &plan, cpu)" : "opv_execute(ops, count, cpu)";
    }

    /** Whoever is stopped by others again and again excludes them. */
    private void writeTurns() {
        text.open("do");
        writeBuild();
        text.line("result = " + run() + ";");
        text.close("} while (result == OPV_PREPARE_AGAIN && opv_next_turn(++turn));");
        text.line("if (result == OPV_PREPARE_AGAIN)");
        text.line("    return " + names.direct() + "(" + signature.onCpuArguments("cpu") + ");");
        writeEnd();
    }

    private void writeEnd() {
        List<Result> results = unit.results();
        if (results.size() == 1) {
            text.line("if (result == 0)");
            text.line("    " + assignment(results.get(0)));
        } else if (!results.isEmpty()) {
            text.open("if (result == 0)");
            results.forEach(result -> text.line(assignment(result)));
            text.close("}");
        }
        text.line("return result;");
    }

    private String assignment(Result result) {
        String name = locals.of(result);
        CExpression value = UnitShape.isCopied(result, unit)
                ? RawBits.value(result.type(), CExpression.primary("cells." + name))
                : CExpression.primary("results." + name);
        return "*" + name + " = " + value + ";";
    }
}
