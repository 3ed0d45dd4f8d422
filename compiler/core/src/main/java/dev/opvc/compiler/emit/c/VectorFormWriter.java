// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;

/** The functions that build a unit's vector and run it. */
final class VectorFormWriter {
    private final CText text;
    private final VectorUnit unit;
    private final UnitNames names;
    private final UnitSignature signature;
    private final UnitComments comments;

    VectorFormWriter(CText text, VectorUnit unit, UnitNames names, UnitSignature signature, UnitComments comments) {
        this.text = text;
        this.unit = unit;
        this.names = names;
        this.signature = signature;
        this.comments = comments;
    }

    /** Memory behind raw pointers belongs to no CPU that could be found out: then only the caller can name it. */
    void write() {
        if (UnitShape.hasSlots(unit)) {
            writeOnCpu(names.onCpu());
            text.blank();
            writeCurrentCpu();
        } else {
            writeOnCpu(names.function());
        }
    }

    private void writeCurrentCpu() {
        CComment.write(text, comments.currentCpu());
        text.function("int " + names.function(), signature.currentCpu());
        text.line("return " + names.onCpu() + "(" + signature.onCpuArguments("opv_cpu_current()") + ");");
        text.close("}");
    }

    private void writeOnCpu(String name) {
        CComment.write(text, comments.onCpu());
        text.function("int " + name, signature.onCpu());
        writeVariables();
        text.blank();
        writeCpuCheck();
        text.line("count = " + names.builder() + "(" + signature.builderArguments() + ");");
        if (UnitShape.canConclude(unit)) {
            writeConclusionWithoutGuards();
        }
        writeRun();
        text.close("}");
    }

    private void writeVariables() {
        text.line("struct cpu_op ops[" + names.operations() + "];");
        if (UnitShape.hasCells(unit)) {
            text.line("struct " + names.cellsTag() + " cells;");
        }
        text.line("int count;");
        if (UnitShape.canConclude(unit)) {
            text.line("int conclusion;");
        }
        if (hasGuards()) {
            text.line("int result;");
        }
    }

    /** Before there is a slot; and before a conclusion that needs no operations, which is the engine's check otherwise. */
    private void writeCpuCheck() {
        if (UnitShape.hasSlots(unit) || UnitShape.canConclude(unit)) {
            text.line("if (!opv_cpu_is_possible(cpu))");
            text.line("    return -EINVAL;");
        }
    }

    private void writeConclusionWithoutGuards() {
        text.line("if (count == 0)");
        text.line("    return conclusion;");
    }

    private void writeRun() {
        String run = "opv_execute(ops, count, cpu)";
        if (!hasGuards()) {
            text.line("return " + run + ";");
            return;
        }
        text.line("result = " + run + ";");
        text.line("switch (result) {");
        text.line("case 0:");
        text.line("    return " + (UnitShape.canConclude(unit) ? "conclusion" : committed()) + ";");
        writeGuardOutcomes(UnitShape.path(unit).guards());
        text.line("default:");
        text.line("    return result;");
        text.line("}");
    }

    private void writeGuardOutcomes(List<Step.Guard> guards) {
        for (int i = 0; i < guards.size(); i++) {
            Outcome outcome = guards.get(i).outcome();
            text.line("case " + (i + 1) + ":");
            boolean sharedWithNext =
                    i + 1 < guards.size() && guards.get(i + 1).outcome().equals(outcome);
            if (!sharedWithNext) {
                text.line("    return " + names.enumerator(outcome.name()) + ";");
            }
        }
    }

    private String committed() {
        return names.enumerator(Outcome.COMMITTED);
    }

    private boolean hasGuards() {
        return !UnitShape.path(unit).guards().isEmpty();
    }
}
