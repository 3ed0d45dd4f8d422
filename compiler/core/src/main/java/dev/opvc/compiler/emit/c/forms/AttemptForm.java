// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.emit.c.text.FunctionText;
import java.util.List;

/** The optimistic form on the CPU that the caller is on: attempts, each of which commits in a section, or begins again. */
final class AttemptForm implements OptimisticForm {
    /** Lines of an attempt that is worth being inlined wherever it is called. */
    private static final int SHORT_LINES = 12;

    private final NamedUnit named;
    private final UnitNames names;
    private final UnitSignature signature;
    private final UnitComments comments;
    private final List<FunctionText> functions;

    AttemptForm(NamedUnit named) {
        this.named = named;
        this.names = named.names();
        this.signature = new UnitSignature(named);
        this.comments = new UnitComments(named);
        this.functions = AttemptBody.functions(named, signature.attempt());
    }

    @Override
    public boolean isShort() {
        return functions.size() == 1 && functions.get(0).lines().size() <= SHORT_LINES;
    }

    @Override
    public void write(CText text) {
        text.functions(functions, comments.sharedEnd(names.attempt()), comments.attempt(), isShort());
        text.blank();
        PendingResults results = new PendingResults(named);
        CComment.write(text, comments.optimistic());
        writeHead(text, "int " + names.optimistic(), signature.currentCpu());
        if (named.shape().hasResults()) {
            results.declare(text);
        }
        text.line("struct opv_attempt attempt = OPV_ATTEMPT_NONE;");
        text.open("while (opv_attempt_begin(&attempt))");
        text.line("int result = " + names.attempt() + "(" + signature.attemptArguments() + ");");
        text.lineIf("result == " + Conclusions.PREPARE_AGAIN, "continue;");
        results.handOver(text);
        text.line("return result;");
        text.close("}");
        text.line("return " + Conclusions.HOLDER_INTERRUPTED + ";");
        text.close("}");
    }
}
