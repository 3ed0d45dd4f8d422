// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.emit.c.types.CLiterals;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.StructType;
import java.util.List;

/** A per-CPU struct's handle, and what allocates, frees and finds its slots. */
final class PercpuWriter {
    private final CText text;

    PercpuWriter(CText text) {
        this.text = text;
    }

    void write(StructType struct) {
        writeHandle(struct);
        text.blank();
        writeSlot(struct);
        text.blank();
        writeAllocate(struct);
        text.blank();
        writeFree(struct);
    }

    private void writeHandle(StructType struct) {
        CComment.write(text, List.of("One " + CTypes.struct(struct) + ", its slot, for every possible CPU."));
        text.line(CTypes.handle(struct) + ";");
    }

    private void writeSlot(StructType struct) {
        CComment.write(
                text,
                List.of(
                        "The slot of a CPU. Reading it excludes nobody.",
                        "",
                        "@param cpu a possible CPU: opv_cpu_is_possible(cpu)"));
        text.function(
                CTypes.declare(CTypes.pointer(CTypes.struct(struct)), CNames.slot(struct)),
                List.of(CTypes.declare(CTypes.pointer(CTypes.handle(struct)), "percpu"), "int cpu"));
        text.line("return (" + CTypes.pointer(CTypes.struct(struct)) + ")opv_percpu_slot(percpu, cpu);");
        text.close("}");
    }

    private void writeAllocate(StructType struct) {
        CComment.write(
                text,
                List.of(
                        "Allocates a slot for every possible CPU, with its initial values.",
                        "",
                        "@return to be freed with " + CNames.free(struct)
                                + "(); or NULL, and errno says why, as opv_percpu_alloc() does"));
        text.function(CTypes.declare(CTypes.pointer(CTypes.handle(struct)), CNames.allocate(struct)), List.of());
        List<Field> initialized = struct.fields().stream()
                .filter(field -> field.initial() != null)
                .toList();
        String allocation = "(" + CTypes.pointer(CTypes.handle(struct)) + ")opv_percpu_alloc(sizeof("
                + CTypes.struct(struct) + "), NULL)";
        if (initialized.isEmpty()) {
            text.line("return " + allocation + ";");
        } else {
            text.line(CTypes.declare(CTypes.pointer(CTypes.handle(struct)), "percpu") + " = " + allocation + ";");
            text.line("int cpu;");
            text.blank();
            writeInitialValues(struct, initialized);
            text.line("return percpu;");
        }
        text.close("}");
    }

    /** In place: a slot can be too large for the stack. */
    private void writeInitialValues(StructType struct, List<Field> initialized) {
        text.open("for (cpu = 0; percpu != NULL && cpu < opv_cpus_possible(); cpu++)");
        text.open("if (opv_cpu_is_possible(cpu))");
        text.line(CTypes.declare(CTypes.pointer(CTypes.struct(struct)), "slot") + " = " + CNames.slot(struct)
                + "(percpu, cpu);");
        for (Field field : initialized) {
            if (field.initial() != null) {
                text.line("slot->" + CNames.member(field) + " = "
                        + CLiterals.typed(field.type(), field.initial().value()) + ";");
            }
        }
        text.close("}");
        text.close("}");
    }

    private void writeFree(StructType struct) {
        CComment.write(
                text,
                List.of("Frees what " + CNames.allocate(struct)
                        + "() returned; NULL is nothing. No call that uses it may begin any more."));
        text.function(
                "void " + CNames.free(struct),
                List.of(CTypes.declare(CTypes.pointer(CTypes.handle(struct)), "percpu")));
        text.line("opv_percpu_free(percpu);");
        text.close("}");
    }
}
