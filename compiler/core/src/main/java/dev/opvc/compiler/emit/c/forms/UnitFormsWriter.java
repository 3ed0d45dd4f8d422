// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CText;
import java.util.Optional;

/** The functions that run a unit: its forms, and those that leave the form open. */
final class UnitFormsWriter {
    private final CText text;
    private final NamedUnit named;
    private final UnitNames names;
    private final UnitSignature signature;
    private final UnitComments comments;

    UnitFormsWriter(CText text, NamedUnit named) {
        this.text = text;
        this.named = named;
        this.names = named.names();
        this.signature = new UnitSignature(named);
        this.comments = new UnitComments(named);
    }

    void write() {
        DirectForm direct = new DirectForm(named);
        if (named.shape().hasDirectForm()) {
            UnitForm vector = new VectorForm(named, names.vectorOnCpu());
            direct.write(text);
            text.blank();
            vector.write(text);
            text.blank();
            writeChoice(vector, direct);
        } else {
            new VectorForm(named, onCpu()).write(text);
        }
        if (named.shape().hasSlots()) {
            text.blank();
            if (named.shape().isOptimistic()) {
                writeOptimistic(direct);
            } else {
                writeCurrentCpu(direct);
            }
        }
    }

    /** Memory behind raw pointers belongs to no CPU that could be found out: then only the caller can name it. */
    private String onCpu() {
        return named.shape().hasSlots() ? names.onCpu() : names.function();
    }

    private void writeChoice(UnitForm withVectors, UnitForm otherwise) {
        CComment.write(text, comments.onCpu());
        text.function("int " + onCpu(), signature.onCpu());
        String arguments = "(" + signature.onCpuArguments(Signature.CPU) + ");";
        text.lineIf("opv_uses_vectors()", "return " + withVectors.function() + arguments);
        text.line("return " + otherwise.function() + arguments);
        text.close("}");
    }

    /** Forms between which the program's author chooses for a header as a whole. */
    private void writeOptimistic(DirectForm direct) {
        direct.writeHolding(text);
        text.blank();
        Optional<SectionShape> section = named.shape().section();
        OptimisticForm optimistic = section.<OptimisticForm>map(shape -> new SectionForm(named, shape))
                .orElseGet(() -> new AttemptForm(named));
        optimistic.write(text);
        text.blank();
        CComment.write(text, comments.currentCpu());
        optimistic.writeHead(text, "int " + names.function(), signature.currentCpu());
        text.lineIf(
                section.isPresent() ? "OPV_OPTIMISTIC_OR_HOLDING(0, opv_uses_vectors())" : "opv_uses_vectors()",
                vector());
        String choice = "OPV_OPTIMISTIC_OR_HOLDING(" + names.optimistic() + ", " + names.holding() + ")";
        text.line("return " + choice + "(" + signature.currentCpuArguments() + ");");
        text.close("}");
    }

    private void writeCurrentCpu(DirectForm direct) {
        CComment.write(text, comments.currentCpu());
        text.function("int " + names.function(), signature.currentCpu());
        if (named.shape().hasDirectForm()) {
            direct.writeOnCurrentCpu(text, vector());
        } else {
            text.line(signature.onCurrentCpu(names.onCpu()));
        }
        text.close("}");
    }

    private String vector() {
        return signature.onCurrentCpu(names.vectorOnCpu());
    }
}
