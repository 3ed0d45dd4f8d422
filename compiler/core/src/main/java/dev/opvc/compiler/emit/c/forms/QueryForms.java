// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CText;
import java.util.List;

/** The two forms of a query, and the function that chooses between them. */
final class QueryForms {
    private final CText text;
    private final UnitNames names;
    private final QuerySignature signature;
    private final QueryComments comments;

    QueryForms(CText text, NamedQuery named) {
        this.text = text;
        this.names = named.names();
        this.signature = new QuerySignature(named);
        this.comments = new QueryComments(named);
    }

    void write() {
        writeDirect();
        text.blank();
        writeVector();
        text.blank();
        writeChoice();
    }

    private void writeDirect() {
        CComment.write(text, comments.direct());
        open(names.direct(), List.of("struct opv_look look = OPV_LOOK_NONE;"));
        text.line("look.begun = 0;");
        text.open("do");
        text.lineIf("!opv_look_begin(&look, cpu)", "return " + Conclusions.HOLDER_INTERRUPTED + ";");
        text.line(names.copy() + "(" + signature.argumentsOnCpu("&cells") + ");");
        text.close("} while (!opv_look_holds(&look));");
        close();
    }

    private void writeVector() {
        CComment.write(text, comments.vector());
        open(names.vector(), List.of("struct cpu_op ops[" + names.operations() + "];"));
        assign(names.builder() + "(" + signature.argumentsOnCpu("ops", "&cells") + ")", "<");
        assign("opv_execute(ops, result, cpu)", "!=");
        close();
    }

    private void open(String name, List<String> variables) {
        text.function("int " + name, signature.whole());
        variables.forEach(text::line);
        text.line("struct " + names.cellsTag() + " cells;");
        text.line("struct " + names.foldsTag() + " folds;");
        text.line("int cpu;");
        text.line("int result;");
        text.blank();
        assign(names.begin() + "(" + signature.plainArguments("&folds") + ")", "!=");
        text.open("for (cpu = opv_cpu_possible_from(0); cpu >= 0; cpu = opv_cpu_possible_from(cpu + 1))");
    }

    private void close() {
        assign(names.fold() + "(" + signature.plainArguments("&folds", "&cells") + ")", "!=");
        text.close("}");
        text.line("return " + names.end() + "(" + signature.endArguments() + ");");
        text.close("}");
    }

    /** Calls a function that may fail, and ends if it does. */
    private void assign(String call, String failsIf) {
        text.line("result = " + call + ";");
        text.lineIf("result " + failsIf + " 0", "return result;");
    }

    private void writeChoice() {
        CComment.write(text, comments.promise());
        text.function("int " + names.function(), signature.whole());
        String arguments = "(" + signature.wholeArguments() + ");";
        text.lineIf("opv_uses_vectors()", "return " + names.vector() + arguments);
        text.line("return " + names.direct() + arguments);
        text.close("}");
    }
}
