// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CText;

/** The optimistic form of a unit that is one section as a whole. */
final class SectionForm implements OptimisticForm {
    private final NamedUnit named;
    private final SectionShape shape;
    private final UnitNames names;
    private final UnitSignature signature;
    private final UnitComments comments;

    SectionForm(NamedUnit named, SectionShape shape) {
        this.named = named;
        this.shape = shape;
        this.names = named.names();
        this.signature = new UnitSignature(named);
        this.comments = new UnitComments(named);
    }

    @Override
    public boolean isShort() {
        return true;
    }

    @Override
    public void write(CText text) {
        writeBusy(text);
        text.blank();
        text.functions(
                SectionBody.functions(named, shape, signature.onSlots()),
                comments.sharedEnd(names.attempt()),
                comments.section(),
                isShort());
        text.blank();
        PendingResults results = new PendingResults(named);
        CComment.write(text, comments.optimistic());
        writeHead(text, "int " + names.optimistic(), signature.currentCpu());
        if (named.shape().hasResults()) {
            results.declare(text);
        }
        text.line("int result = " + names.attempt() + "(" + signature.onSlotsArguments("0") + ");");
        text.lineIf(
                "__builtin_expect(result == OPV_HERE_BUSY, 0)",
                "return " + names.busy() + "(" + signature.currentCpuArguments() + ");");
        results.handOver(text);
        text.line("return result;");
        text.close("}");
    }

    /** Out of line, because it is rare, and because a vector form of its own would not be. */
    private void writeBusy(CText text) {
        CComment.write(text, comments.busy());
        text.outlineFunction("int " + names.busy(), signature.currentCpu());
        text.lineIf("opv_uses_vectors()", signature.onCurrentCpu(names.vectorOnCpu()));
        text.line("return " + names.holding() + "(" + signature.currentCpuArguments() + ");");
        text.close("}");
    }
}
