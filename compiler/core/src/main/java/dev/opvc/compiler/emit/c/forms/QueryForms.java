// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.language.UnitKind;
import java.util.List;

/** The two forms of a query, and the function that chooses between them: of every CPU, and of one that the caller names. */
final class QueryForms {
    private final CText text;
    private final UnitNames names;
    private final QuerySignature signature;
    private final QueryComments comments;
    private final boolean drains;

    QueryForms(CText text, NamedQuery named) {
        this.text = text;
        this.names = named.names();
        this.signature = new QuerySignature(named);
        this.comments = new QueryComments(named);
        this.drains = named.query().kind() == UnitKind.DRAIN;
    }

    void write() {
        for (boolean oneCpu : new boolean[] {false, true}) {
            writeDirect(oneCpu);
            text.blank();
            writeVector(oneCpu);
            text.blank();
            writeChoice(oneCpu);
            if (!oneCpu) {
                text.blank();
            }
        }
    }

    private void writeDirect(boolean oneCpu) {
        CComment.write(text, drains ? comments.direct(oneCpu) : comments.looking(oneCpu));
        text.function("int " + (oneCpu ? names.directOnCpu() : names.direct()), parameters(oneCpu));
        if (drains) {
            open(List.of("uintptr_t offset;"), oneCpu);
            execute("opv_drain_begin(cpu, &offset)", oneCpu);
            text.line(copyAt("offset"));
            text.line("opv_drain_end(cpu, offset);");
        } else {
            open(List.of("struct opv_look look = OPV_LOOK_NONE;"), oneCpu);
            text.line("look.begun = 0;");
            text.open("do");
            text.lineIf("!opv_look_begin(&look, cpu)", "return " + Conclusions.HOLDER_INTERRUPTED + ";");
            text.line(copyAt("look.offset"));
            text.close("} while (!opv_look_holds(&look));");
        }
        close(oneCpu);
    }

    private String copyAt(String offset) {
        return names.copy() + "(" + signature.argumentsAt(offset, "&cells") + ");";
    }

    private void writeVector(boolean oneCpu) {
        CComment.write(text, comments.vector(oneCpu));
        List<String> variables = List.of("struct cpu_op ops[" + names.operations() + "];");
        text.outlineFunction("int " + (oneCpu ? names.vectorOnCpu() : names.vector()), parameters(oneCpu));
        open(variables, oneCpu);
        assign(names.builder() + "(" + signature.argumentsOnCpu("ops", "&cells") + ")", "<");
        execute("opv_execute_built(ops, result, OPV_PIN_NONE, cpu)", oneCpu);
        close(oneCpu);
    }

    private void open(List<String> variables, boolean oneCpu) {
        variables.forEach(text::line);
        text.line("struct " + names.cellsTag() + " cells;");
        text.line("struct " + names.foldsTag() + " folds;");
        if (!oneCpu) {
            text.line("int cpu;");
        }
        text.line("int result;");
        signature.lengthsOfHandles().forEach(text::line);
        text.blank();
        if (oneCpu) {
            text.lineIf("!opv_cpu_is_possible(cpu)", "return -EINVAL;");
        }
        signature
                .tooLittleRoom()
                .forEach(condition -> text.lineIf(condition, "return " + Conclusions.RANGE_ERROR + ";"));
        assign(names.begin() + "(" + signature.valueArguments("&folds") + ")", "!=");
        if (!oneCpu) {
            text.open("for (cpu = opv_cpu_possible_from(0); cpu >= 0; cpu = opv_cpu_possible_from(cpu + 1))");
        }
    }

    private List<String> parameters(boolean oneCpu) {
        return oneCpu ? signature.wholeOnCpu() : signature.whole();
    }

    private void close(boolean oneCpu) {
        assign(names.fold() + "(" + signature.valueArguments("&folds", "&cells") + ")", "!=");
        if (!oneCpu) {
            text.close("}");
        }
        text.line("return " + names.end() + "(" + signature.endArguments() + ");");
        text.close("}");
    }

    /** Calls a function that may fail, and ends if it does. */
    private void assign(String call, String failsIf) {
        text.line("result = " + call + ";");
        text.lineIf("result " + failsIf + " 0", "return result;");
    }

    /**
     * Calls what fails where the thread holds the CPU itself: what a drain of every CPU would find there it leaves for the
     * next one.
     */
    private void execute(String call, boolean oneCpu) {
        if (!drains || oneCpu) {
            assign(call, "!=");
            return;
        }
        text.line("result = " + call + ";");
        text.lineIf("result == -EDEADLK", "continue;");
        text.lineIf("result != 0", "return result;");
    }

    private void writeChoice(boolean oneCpu) {
        CComment.write(text, comments.promise(oneCpu));
        text.function("int " + (oneCpu ? names.onCpu() : names.function()), parameters(oneCpu));
        String arguments = "(" + (oneCpu ? signature.wholeArgumentsOnCpu() : signature.wholeArguments()) + ");";
        text.lineIf("opv_uses_vectors()", "return " + (oneCpu ? names.vectorOnCpu() : names.vector()) + arguments);
        text.line("return " + (oneCpu ? names.directOnCpu() : names.direct()) + arguments);
        text.close("}");
    }
}
