// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.InitialValue;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import java.util.List;
import java.util.Set;

/** A per-CPU struct's handle, and what allocates, frees and finds its slots. */
final class PercpuWriter {
    /** What the function that allocates has its values in. */
    private static final Set<String> VARIABLES = Set.of("percpu", "cpu", "slot");

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
        struct.tail().ifPresent(tail -> {
            text.blank();
            writeLength(struct, tail);
        });
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
        CComment.write(text, allocateComment(struct));
        text.function(
                CTypes.declare(CTypes.pointer(CTypes.handle(struct)), CNames.allocate(struct)),
                struct.lengthField()
                        .map(length -> List.of(CTypes.declare(length.type(), lengthArgument(struct))))
                        .orElse(List.of()));
        InitialValue initial = InitialValue.of(struct);
        String handle = CTypes.pointer(CTypes.handle(struct));
        if (struct.tail().isEmpty() && initial.isZero()) {
            text.line("return (" + handle + ")opv_percpu_alloc(sizeof(" + CTypes.struct(struct) + "), NULL);");
        } else {
            writeInitialValues(struct, handle, initial);
        }
        text.close("}");
    }

    private static List<String> allocateComment(StructType struct) {
        String free = "@return to be freed with " + CNames.free(struct) + "(); or NULL, and errno says why, as";
        if (struct.tail().isEmpty()) {
            return List.of(
                    "Allocates a slot for every possible CPU, with its initial values.",
                    "",
                    free + " opv_percpu_alloc() does");
        }
        String length = lengthArgument(struct);
        return List.of(
                "Allocates a slot for every possible CPU, with its initial values.",
                "",
                "@param " + length + " how many elements "
                        + CNames.member(struct.tail().orElseThrow()) + " has, for good: 1 to " + most(struct),
                free,
                "        opv_percpu_alloc() does; EINVAL also if " + length + " is 0 or more than " + most(struct));
    }

    /** The author's name for the length, unless the function has a variable of that name. */
    private static String lengthArgument(StructType struct) {
        String name = CNames.member(struct.lengthField().orElseThrow());
        return VARIABLES.contains(name) ? name + "_" : name;
    }

    private static long most(StructType struct) {
        return ((ArrayType) struct.tail().orElseThrow().type()).length();
    }

    private static String sizeOfTail(StructType struct, Field tail) {
        Type element = ((ArrayType) tail.type()).element();
        return " + " + lengthArgument(struct) + " * sizeof(" + CTypes.name(element) + ")";
    }

    private void writeLengthCheck(StructType struct) {
        String length = lengthArgument(struct);
        text.open("if (!opv_is_at_most(" + length + ", " + most(struct) + ") || " + length + " == 0)");
        text.line("errno = EINVAL;");
        text.line("return NULL;");
        text.close("}");
    }

    private void writeLength(StructType struct, Field tail) {
        CComment.write(
                text,
                List.of("How many elements " + CNames.member(tail) + " has: 1 to " + most(struct)
                        + ". It never changes."));
        text.function(
                CTypes.declare(CTypes.scalar(Parameter.LENGTH_TYPE), CNames.length(struct)),
                List.of(CTypes.declare(CTypes.pointer(CTypes.handle(struct)), "percpu")));
        String blank = "((const " + CTypes.pointer(CTypes.struct(struct)) + ")opv_percpu_blank(percpu))";
        text.line("return " + blank + "->" + CNames.member(struct.lengthField().orElseThrow()) + ";");
        text.close("}");
    }

    /** In place: a slot can be too large for the stack. Each holds its length, so that whoever has one finds it there. */
    private void writeInitialValues(StructType struct, String handle, InitialValue initial) {
        String slot = CTypes.pointer(CTypes.struct(struct));
        String size = "sizeof(" + CTypes.struct(struct) + ")"
                + struct.tail().map(tail -> sizeOfTail(struct, tail)).orElse("");
        String reserved = " = (" + handle + ")opv_percpu_reserve(" + size + ", &used_before);";
        String length = struct.tail().isPresent() ? lengthArgument(struct) : "";
        text.line("size_t used_before;");
        if (struct.tail().isPresent()) {
            text.line(CTypes.declare(handle, "percpu") + ";");
            text.blank();
            writeLengthCheck(struct);
            text.line("percpu" + reserved);
        } else {
            text.line(CTypes.declare(handle, "percpu") + reserved);
            text.blank();
        }
        text.open("if (percpu != NULL)");
        text.line(CTypes.declare(slot, "slot") + " = (" + slot + ")opv_percpu_blank(percpu);");
        new InitialStores(text, length).write("slot", initial);
        struct.lengthField().ifPresent(field -> text.line("slot->" + CNames.member(field) + " = " + length + ";"));
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
