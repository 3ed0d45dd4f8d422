// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.vector.QueryUnit;
import java.util.List;

/** The two forms of a query, and the function that chooses between them. */
final class QueryFormsWriter {
    private final CText text;
    private final QueryUnit query;
    private final QueryNames names;
    private final QuerySignature signature;

    QueryFormsWriter(CText text, QueryUnit query, QueryNames names, QuerySignature signature) {
        this.text = text;
        this.query = query;
        this.names = names;
        this.signature = signature;
    }

    void write() {
        writeDirect();
        text.blank();
        writeVector();
        text.blank();
        writeChoice();
    }

    private void writeDirect() {
        CComment.write(
                text,
                List.of(
                        "The direct form of " + names.function()
                                + "(): copies each CPU's slots by plain code that excludes",
                        "all others on that CPU."));
        open(names.direct(), List.of());
        text.line("result = opv_cpu_lock(cpu);");
        text.line("if (result != 0)");
        text.line("    return result;");
        text.line(names.copy() + "(" + signature.slotArguments("&cells") + ");");
        text.line("opv_cpu_unlock(cpu);");
        close();
    }

    private void writeVector() {
        CComment.write(
                text,
                List.of(
                        "The vector form of " + names.function()
                                + "(): copies each CPU's slots by an operation vector on that",
                        "CPU."));
        open(names.vector(), List.of("struct cpu_op ops[" + names.operations() + "];"));
        text.line("result = " + names.builder() + "(" + signature.slotArguments("ops", "&cells") + ");");
        text.line("if (result < 0)");
        text.line("    return result;");
        text.line("result = opv_execute(ops, result, cpu);");
        text.line("if (result != 0)");
        text.line("    return result;");
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
        text.line("result = " + names.begin() + "(" + signature.plainArguments("&folds") + ");");
        text.line("if (result != 0)");
        text.line("    return result;");
        text.open("for (cpu = 0; cpu < opv_cpus_possible(); cpu++)");
        text.line("if (!opv_cpu_is_possible(cpu))");
        text.line("    continue;");
    }

    private void close() {
        text.line("result = " + names.fold() + "(" + signature.plainArguments("&folds", "&cells") + ");");
        text.line("if (result != 0)");
        text.line("    return result;");
        text.close("}");
        text.line("return " + names.end() + "(" + signature.endArguments() + ");");
        text.close("}");
    }

    private void writeChoice() {
        CComment.write(text, QueryWriter.promise(query));
        text.function("int " + names.function(), signature.whole());
        text.line("if (opv_uses_vectors())");
        text.line("    return " + names.vector() + "(" + signature.wholeArguments() + ");");
        text.line("return " + names.direct() + "(" + signature.wholeArguments() + ");");
        text.close("}");
    }
}
