// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.emit.c.text.FunctionText;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.model.Result;
import java.util.List;

/** A unit's builder, and the macro and the structs that its callers need. */
final class BuilderWriter {
    private final CText text;
    private final NamedUnit named;
    private final UnitShape shape;
    private final UnitNames names;

    BuilderWriter(CText text, NamedUnit named) {
        this.text = text;
        this.named = named;
        this.shape = named.shape();
        this.names = named.names();
    }

    void write() {
        writeOperationCount();
        text.blank();
        new InitialBlocks(named.unit(), names).write(text);
        if (shape.hasCells()) {
            new UnitCells(named).write(text);
            text.blank();
        }
        if (shape.hasResults()) {
            writeResults();
            text.blank();
        }
        List<FunctionText> functions = BuilderBody.functions(named, new UnitSignature(named).builder());
        UnitComments comments = new UnitComments(named);
        text.functions(functions, comments.sharedEnd(names.builder()), comments.builder());
    }

    private void writeOperationCount() {
        // An array has at least one element, also for a transaction of which only decisions are left.
        int length = Math.max(1, shape.operations());
        CComment.write(text, List.of("Length of the array that " + names.builder() + "() fills."));
        text.line("#define " + names.operations() + " " + length);
    }

    private void writeResults() {
        CComment.write(text, List.of("Results of " + names.function() + "(), until it has committed."));
        text.open("struct " + names.resultsTag());
        for (Result result : named.unit().results()) {
            text.line(CTypes.declare(result.type(), named.locals().of(result)) + ";");
        }
        text.close("};");
    }
}
