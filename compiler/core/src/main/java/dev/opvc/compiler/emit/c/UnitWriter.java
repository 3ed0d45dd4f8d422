// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;

/** Everything that a transaction or a raw vector becomes. */
final class UnitWriter {
    private final CText text;
    private final VectorUnit unit;
    private final UnitNames names;
    private final LocalNames locals;
    private final UnitSignature signature;
    private final UnitComments comments;

    UnitWriter(CText text, VectorUnit unit, UnitNames names, LocalNames locals) {
        this.text = text;
        this.unit = unit;
        this.names = names;
        this.locals = locals;
        this.signature = new UnitSignature(unit, names, locals);
        this.comments = new UnitComments(unit, names);
    }

    void write() {
        if (!unit.outcomes().isEmpty()) {
            new OutcomeWriter(text).write(unit, names);
            text.blank();
        }
        writeOperationCount();
        text.blank();
        if (UnitShape.hasCells(unit)) {
            new CellsWriter(text, locals).write(unit, names);
            text.blank();
        }
        if (!UnitShape.computedResults(unit).isEmpty()) {
            writeResults();
            text.blank();
        }
        writeBuilder();
        text.blank();
        new FormsWriter(text, unit, names, locals).write();
    }

    private void writeOperationCount() {
        // An array has at least one element, also for a transaction of which only decisions are left.
        int length = Math.max(1, UnitShape.operations(unit));
        CComment.write(text, List.of("Length of the array that " + names.builder() + "() fills."));
        text.line("#define " + names.operations() + " " + length);
    }

    private void writeResults() {
        CComment.write(text, List.of("Results of " + names.function() + "() that its builder finds."));
        text.open("struct " + names.resultsTag());
        for (Result result : UnitShape.computedResults(unit)) {
            text.line(CTypes.declare(result.type(), locals.of(result)) + ";");
        }
        text.close("};");
    }

    private void writeBuilder() {
        CComment.write(text, comments.builder());
        text.function("int " + names.builder(), signature.builder());
        text.addAll(BuilderBody.lines(unit, names, locals));
        text.close("}");
    }
}
