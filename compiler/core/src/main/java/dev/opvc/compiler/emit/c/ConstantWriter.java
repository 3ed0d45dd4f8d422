// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.emit.DocText;
import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.emit.c.types.CLiterals;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.model.ConstantDefinition;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Table;
import dev.opvc.compiler.vector.VectorProgram;
import java.util.Optional;

/** Constants as macros, which C and C++ take for array lengths and case labels alike; tables as arrays. */
final class ConstantWriter {
    private final CText text;
    private final VectorProgram program;

    ConstantWriter(CText text, VectorProgram program) {
        this.text = text;
        this.program = program;
    }

    /**
     * Defines a constant in the smallest of int32_t, uint32_t, int64_t and uint64_t that holds it. One that no type of C
     * holds is fine in the language, where it may be part of another, and is left out with a comment.
     */
    void write(ConstantDefinition constant) {
        String name = CNames.constant(program, constant);
        Optional<CExpression> value = CLiterals.untyped(constant.value());
        if (value.isEmpty()) {
            text.line("/* " + name + " is left out: no type of C holds its value. */");
            return;
        }
        CComment.write(text, DocText.lines(constant.doc()));
        text.line("#define " + name + " " + value.get().asOperand());
    }

    /** Defines a table as an array. */
    void write(Table table) {
        CComment.write(text, DocText.lines(table.doc()));
        String array = CTypes.declare(CTypes.scalar(table.element()), CNames.table(table));
        text.line("static const " + array + "[" + table.length() + "] __attribute__((unused)) = {");
        for (Expr.Constant value : table.values()) {
            text.line("    " + CLiterals.typed(value.type(), value.value()) + ",");
        }
        text.line("};");
    }
}
