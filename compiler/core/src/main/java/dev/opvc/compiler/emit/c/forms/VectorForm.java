// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.vector.VectorUnit;

/** The form that builds a vector and runs it: again, as long as others change what was prepared. */
final class VectorForm implements UnitForm {
    private final String function;
    private final NamedUnit named;
    private final VectorUnit unit;
    private final UnitShape shape;
    private final UnitNames names;
    private final UnitSignature signature;
    private final PendingResults results;

    /** @param function what it is called: it is the only form of a raw vector */
    VectorForm(NamedUnit named, String function) {
        this.function = function;
        this.named = named;
        this.unit = named.unit();
        this.shape = named.shape();
        this.names = named.names();
        this.signature = new UnitSignature(named);
        this.results = new PendingResults(named);
    }

    @Override
    public String function() {
        return function;
    }

    @Override
    public void write(CText text) {
        CComment.write(text, new UnitComments(named).vector());
        text.outlineFunction("int " + function, signature.onCpu());
        writeVariables(text);
        text.blank();
        writeCpuCheck(text);
        if (unit.canRetry()) {
            writeAttempts(text);
        } else {
            writeBuild(text);
            writeRun(text);
        }
        text.close("}");
    }

    private void writeVariables(CText text) {
        text.line("struct cpu_op ops[" + names.operations() + "];");
        if (shape.hasCells()) {
            text.line("struct " + names.cellsTag() + " cells;");
        }
        if (shape.hasComputedResults()) {
            results.declare(text);
        }
        if (shape.hasPlan()) {
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

    /** Before there is a slot; and before a conclusion that needs no operations. Of a raw vector it is the engine's check. */
    private void writeCpuCheck(CText text) {
        if (shape.hasDirectForm() || shape.hasSlots() || shape.hasPlan()) {
            text.lineIf("!opv_cpu_is_possible(cpu)", "return " + Conclusions.RANGE_ERROR + ";");
        }
    }

    private void writeBuild(CText text) {
        text.line("count = " + names.builder() + "(" + signature.builderArguments() + ");");
    }

    private void writeRun(CText text) {
        if (!shape.hasDirectForm()) {
            writeRawRun(text);
        } else if (unit.results().isEmpty()) {
            text.line("return " + run() + ";");
        } else {
            text.line("result = " + run() + ";");
            writeEnd(text);
        }
    }

    /** The result of a raw vector is what its operations answer: only preparation has something else to say. */
    private void writeRawRun(CText text) {
        if (shape.hasPlan()) {
            text.lineIf("plan.conclusion != 0", "return plan.conclusion;");
        }
        text.line("return opv_execute(ops, count, cpu);");
    }

    private String run() {
        return shape.hasPlan() ? "opv_run(ops, count, &plan, cpu)" : "opv_execute_built(ops, count, OPV_PIN_NONE, cpu)";
    }

    /** Whoever is stopped by others again and again excludes them. */
    private void writeAttempts(CText text) {
        text.open("do");
        writeBuild(text);
        text.line("result = " + run() + ";");
        text.close("} while (result == " + Conclusions.PREPARE_AGAIN + " && opv_next_turn(++turn));");
        text.lineIf(
                "result == " + Conclusions.PREPARE_AGAIN,
                "return " + names.directOnCpu() + "(" + signature.onCpuArguments(Signature.CPU) + ");");
        writeEnd(text);
    }

    private void writeEnd(CText text) {
        results.handOver(text, unit.results().stream().filter(shape::isCopied).toList());
        text.line("return result;");
    }
}
