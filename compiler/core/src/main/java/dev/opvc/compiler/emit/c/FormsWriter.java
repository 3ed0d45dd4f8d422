// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.vector.VectorUnit;

/** The functions that run a unit: its forms, and those that leave the form open. */
final class FormsWriter {
    private final CText text;
    private final VectorUnit unit;
    private final UnitNames names;
    private final LocalNames locals;
    private final UnitSignature signature;
    private final UnitComments comments;

    FormsWriter(CText text, VectorUnit unit, UnitNames names, LocalNames locals) {
        this.text = text;
        this.unit = unit;
        this.names = names;
        this.locals = locals;
        this.signature = new UnitSignature(unit, names, locals);
        this.comments = new UnitComments(unit, names);
    }

    void write() {
        if (UnitShape.hasDirectForm(unit)) {
            writeLocked();
            text.blank();
            writeDirect();
            text.blank();
            vectorForm(names.vector());
            text.blank();
            writeChoice();
        } else {
            vectorForm(onCpu());
        }
        if (UnitShape.hasSlots(unit)) {
            text.blank();
            writeCurrentCpu();
        }
    }

    /** Memory behind raw pointers belongs to no CPU that could be found out: then only the caller can name it. */
    private String onCpu() {
        return UnitShape.hasSlots(unit) ? names.onCpu() : names.function();
    }

    private void vectorForm(String name) {
        new VectorFormWriter(text, unit, names, locals).write(name);
    }

    private void writeLocked() {
        CComment.write(text, comments.locked());
        text.function("int " + names.locked(), signature.onSlots());
        text.addAll(DirectBody.lines(unit, names, locals));
        text.close("}");
    }

    private void writeDirect() {
        CComment.write(text, comments.direct());
        text.function("int " + names.direct(), signature.onCpu());
        text.line("int result = opv_cpu_lock(cpu);");
        text.line("if (result != 0)");
        text.line("    return result;");
        text.line("result = " + names.locked() + "(" + signature.onSlotsArguments() + ");");
        text.line("opv_cpu_unlock(cpu);");
        text.line("return result;");
        text.close("}");
    }

    private void writeChoice() {
        CComment.write(text, comments.onCpu());
        text.function("int " + onCpu(), signature.onCpu());
        String arguments = "(" + signature.onCpuArguments("cpu") + ");";
        text.line("if (opv_uses_vectors())");
        text.line("    return " + names.vector() + arguments);
        text.line("return " + names.direct() + arguments);
        text.close("}");
    }

    private void writeCurrentCpu() {
        CComment.write(text, comments.currentCpu());
        text.function("int " + names.function(), signature.currentCpu());
        if (UnitShape.hasDirectForm(unit)) {
            enterAndWork();
        } else {
            text.line("return " + names.onCpu() + "(" + signature.onCpuArguments("opv_cpu_current()") + ");");
        }
        text.close("}");
    }

    /** Inline, because a call would cost as much as all the rest of a short transaction. */
    private void enterAndWork() {
        text.line("struct opv_held held;");
        text.line("int result;");
        text.blank();
        text.line("if (opv_uses_vectors())");
        text.line("    return " + names.vector() + "(" + signature.onCpuArguments("opv_cpu_current()") + ");");
        text.line("held = opv_cpu_enter();");
        text.line("if (held.error != 0)");
        text.line("    return held.error;");
        text.line("result = " + names.locked() + "(" + signature.onHeldArguments() + ");");
        text.line("opv_cpu_leave(held);");
        text.line("return result;");
    }
}
