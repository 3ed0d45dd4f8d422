// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.emit.DocText;
import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.StructType;
import java.util.List;

/** Structs, and assertions that C lays them out as the language does. */
final class StructWriter {
    private final CText text;

    StructWriter(CText text) {
        this.text = text;
    }

    void declare(StructType struct) {
        text.line(CTypes.struct(struct) + ";");
    }

    void write(StructType struct) {
        CComment.write(text, DocText.lines(struct.doc()));
        text.open(CTypes.struct(struct));
        struct.fields().forEach(field -> writeField(struct, field));
        text.close("};");
        writeAssertions(struct);
    }

    private void writeField(StructType struct, Field field) {
        CComment.write(
                text,
                struct.lengthField().filter(field::equals).isPresent()
                        ? lengthComment(struct)
                        : DocText.lines(field.doc()));
        String alignment = CTypes.needsAlignment(field.type()) ? " OPV_ALIGNED_8" : "";
        if (field.type() instanceof ArrayType array && array.sized()) {
            text.line("OPV_SIZED_ARRAY(" + CTypes.declareFlexible(array, CNames.member(field)) + alignment + ")");
            return;
        }
        text.line(CTypes.declare(field.type(), CNames.member(field)) + alignment + ";");
    }

    private static List<String> lengthComment(StructType struct) {
        Field tail = struct.tail().orElseThrow();
        return List.of("How many elements " + CNames.member(tail) + " has: 1 to " + ((ArrayType) tail.type()).length()
                + ", as allocated. Only to be read.");
    }

    private void writeAssertions(StructType struct) {
        String type = CTypes.struct(struct);
        text.line(
                "OPV_ASSERT_SIZE(" + type + ", " + byPointerSize(struct.size(Abi.LP64), struct.size(Abi.ILP32)) + ");");
        for (Field field : struct.fields()) {
            String offsets = byPointerSize(struct.offset(field, Abi.LP64), struct.offset(field, Abi.ILP32));
            text.line("OPV_ASSERT_OFFSET(" + type + ", " + CNames.member(field) + ", " + offsets + ");");
        }
    }

    private static String byPointerSize(long lp64, long ilp32) {
        return lp64 + ", " + ilp32;
    }
}
