// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;

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
        if (UnitShape.canRetry(unit)) {
            writeTurns();
        } else {
            writeOnce();
        }
        text.close("}");
    }

    private void writeVariables() {
        text.line("struct cpu_op ops[" + names.operations() + "];");
        if (UnitShape.hasCells(unit)) {
            text.line("struct " + names.cellsTag() + " cells;");
        }
        if (UnitShape.hasComputedResults(unit)) {
            text.line("struct " + names.resultsTag() + " results;");
        }
        text.line("int count;");
        if (UnitShape.canConclude(unit)) {
            text.line("int conclusion;");
        }
        if (switchesOnResult()) {
            text.line("int result;");
        }
        if (UnitShape.canRetry(unit)) {
            text.line("int turn;");
        }
    }

    /** Before there is a slot; and before a conclusion that needs no operations, which is the engine's check otherwise. */
    private void writeCpuCheck() {
        if (UnitShape.hasSlots(unit) || UnitShape.canConclude(unit)) {
            text.line("if (!opv_cpu_is_possible(cpu))");
            text.line("    return -EINVAL;");
        }
    }

    private void writeBuild() {
        text.line("count = " + names.builder() + "(" + signature.builderArguments() + ");");
    }

    private void writeOnce() {
        writeBuild();
        if (UnitShape.canConclude(unit)) {
            // A vector without operations commits like any other, and has its results written below.
            text.line(unit.results().isEmpty() ? "if (count == 0)" : "if (count == 0 && conclusion != 0)");
            text.line("    return conclusion;");
        }
        if (switchesOnResult()) {
            text.line("result = opv_execute(ops, count, cpu);");
            writeMeaningOfResult();
        } else {
            text.line("return opv_execute(ops, count, cpu);");
        }
    }

    /** Whoever is stopped by others again and again excludes them. */
    private void writeTurns() {
        text.open("for (turn = 1;; turn++)");
        writeBuild();
        text.line("result = opv_execute(ops, count, cpu);");
        if (UnitShape.canFault(unit)) {
            writeFault();
        }
        writeSwitch();
        text.line("if (!opv_next_turn(turn))");
        text.line("    return " + names.direct() + "(" + signature.onCpuArguments("cpu") + ");");
        text.close("}");
    }

    /** What faults may have been found on a way that does not lead there any more. */
    private void writeFault() {
        String guards = names.guards();
        text.open("if (result == -EAGAIN)");
        text.line("result = opv_execute_guards(ops, count < " + guards + " ? count : " + guards + ", cpu);");
        text.line("if (result == 0)");
        text.line("    return -EFAULT;");
        text.close("}");
    }

    private void writeMeaningOfResult() {
        if (UnitShape.looking(unit).isEmpty()) {
            text.line("if (result != 0)");
            text.line("    return result;");
            writeEnd("");
        } else {
            writeSwitch();
        }
    }

    private void writeSwitch() {
        text.line("switch (result) {");
        text.line("case 0:");
        writeEnd("    ");
        writeStops(UnitShape.looking(unit));
        text.line("default:");
        text.line("    return result;");
        text.line("}");
    }

    private void writeEnd(String indent) {
        boolean canConclude = UnitShape.canConclude(unit);
        if (canConclude && !unit.results().isEmpty()) {
            text.line(indent + "if (conclusion != 0)");
            text.line(indent + "    return conclusion;");
        }
        UnitShape.path(unit).results().forEach(value -> text.line(indent + assignment(value)));
        text.line(indent + "return " + (canConclude && unit.results().isEmpty() ? "conclusion" : committed()) + ";");
    }

    private String assignment(ResultValue value) {
        String name = locals.of(value.result());
        CExpression result = value instanceof ResultValue.Copied copied
                ? RawBits.value(value.result().type(), CExpression.primary("cells." + locals.of(copied.cell())))
                : CExpression.primary("results." + name);
        return "*" + name + " = " + result + ";";
    }

    /** The number of the comparison that stopped the vector says what that means. */
    private void writeStops(List<Step> looking) {
        for (int i = 0; i < looking.size(); i++) {
            Step step = looking.get(i);
            boolean sharedWithNext = i + 1 < looking.size() && meansTheSame(step, looking.get(i + 1));
            if (i == 0 || !meansTheSame(looking.get(i - 1), step)) {
                writeMeaning(step);
            }
            text.line("case " + (i + 1) + ":");
            if (!sharedWithNext) {
                text.line("    " + consequence(step));
            }
        }
    }

    private void writeMeaning(Step step) {
        if (step instanceof Step.Read) {
            text.line("/* What was read has changed: take another turn. */");
        }
    }

    private static boolean meansTheSame(Step a, Step b) {
        if (a instanceof Step.Guard first && b instanceof Step.Guard second) {
            return first.outcome().equals(second.outcome());
        }
        return a instanceof Step.Read && b instanceof Step.Read;
    }

    private String consequence(Step step) {
        return step instanceof Step.Guard guard
                ? "return " + names.enumerator(guard.outcome().name()) + ";"
                : "break;";
    }

    private String committed() {
        return unit.outcomes().isEmpty() ? "0" : names.enumerator(Outcome.COMMITTED);
    }

    private boolean switchesOnResult() {
        return !UnitShape.looking(unit).isEmpty() || !unit.results().isEmpty();
    }
}
