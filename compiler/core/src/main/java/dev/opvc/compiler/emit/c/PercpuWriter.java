// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.model.InitialValue;
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
        InitialValue initial = InitialValue.of(struct);
        String handle = CTypes.pointer(CTypes.handle(struct));
        if (initial.isZero()) {
            text.line("return (" + handle + ")opv_percpu_alloc(sizeof(" + CTypes.struct(struct) + "), NULL);");
        } else {
            writeInitialValues(struct, handle, initial);
        }
        text.close("}");
    }

    /** In place: a slot can be too large for the stack. */
    private void writeInitialValues(StructType struct, String handle, InitialValue initial) {
        String slot = CTypes.pointer(CTypes.struct(struct));
        text.line("size_t used_before;");
        text.line(CTypes.declare(handle, "percpu") + " = (" + handle + ")opv_percpu_reserve(sizeof("
                + CTypes.struct(struct) + "), &used_before);");
        text.blank();
        text.open("if (percpu != NULL)");
        text.line(CTypes.declare(slot, "slot") + " = (" + slot + ")opv_percpu_blank(percpu);");
        new InitialStores(text).write("slot", initial);
        text.line("opv_percpu_begin(percpu, used_before);");
        text.close("}");
        text.line("return percpu;");
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
