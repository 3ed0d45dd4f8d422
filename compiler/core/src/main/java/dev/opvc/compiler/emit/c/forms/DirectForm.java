// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.emit.c.text.FunctionText;
import java.util.List;

/** The direct form: plain code between the lock of a CPU and its unlock. */
final class DirectForm implements UnitForm {
    private final NamedUnit named;
    private final UnitNames names;
    private final UnitSignature signature;
    private final UnitComments comments;

    DirectForm(NamedUnit named) {
        this.named = named;
        this.names = named.names();
        this.signature = new UnitSignature(named);
        this.comments = new UnitComments(named);
    }

    @Override
    public String function() {
        return names.directOnCpu();
    }

    @Override
    public void write(CText text) {
        writeLocked(text);
        text.blank();
        CComment.write(text, comments.direct());
        text.function("int " + function(), signature.onCpu());
        PendingResults results = new PendingResults(named);
        if (named.shape().hasResults()) {
            results.declare(text);
        }
        text.line("int result = opv_cpu_lock(cpu);");
        text.lineIf("result != 0", "return result;");
        text.line("result = " + names.locked() + "("
                + signature.onSlotsArguments("opv_cpu_offset(" + Signature.CPU + ")") + ");");
        text.line("opv_cpu_unlock(cpu);");
        results.handOver(text);
        text.line("return result;");
        text.close("}");
    }

    /** Writes the function that works on the CPU that the caller is on, where there is another that does. */
    void writeHolding(CText text) {
        CComment.write(text, comments.holding());
        text.function("int " + names.holding(), signature.currentCpu());
        writeDeclarations(text);
        writeWork(text);
        text.close("}");
    }

    /** Works on the CPU that the caller is on: inline, because a call would cost as much as a short transaction. */
    void writeOnCurrentCpu(CText text, String unlessDirect) {
        writeDeclarations(text);
        text.lineIf("opv_uses_vectors()", unlessDirect);
        writeWork(text);
    }

    private void writeDeclarations(CText text) {
        if (named.shape().hasResults()) {
            new PendingResults(named).declare(text);
        }
        text.line("struct opv_held held;");
        text.line("int result;");
        text.blank();
    }

    private void writeWork(CText text) {
        text.line("held = opv_cpu_enter();");
        text.lineIf("held.error != 0", "return held.error;");
        text.line("result = " + names.locked() + "(" + signature.onSlotsArguments("held.offset") + ");");
        text.line("opv_cpu_leave(held);");
        new PendingResults(named).handOver(text);
        text.line("return result;");
    }

    private void writeLocked(CText text) {
        List<FunctionText> functions = DirectBody.functions(named, signature.onSlots());
        text.functions(functions, comments.sharedEnd(names.locked()), comments.locked());
    }
}
