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
        text.functions(
                SectionBody.functions(named, shape, signature.onSlots()),
                comments.sharedEnd(names.attempt()),
                comments.section(),
                isShort());
        text.blank();
        PendingResults results = new PendingResults(named);
        CComment.write(text, comments.optimistic());
        writeHead(text, "int " + names.optimistic(), signature.currentCpu());
        String call = names.attempt() + "(" + signature.onSlotsArguments("0") + ");";
        if (named.shape().hasResults()) {
            results.declare(text);
            text.line("int result = " + call);
            results.handOver(text);
            text.line("return result;");
        } else {
            text.line("return " + call);
        }
        text.close("}");
    }
}
