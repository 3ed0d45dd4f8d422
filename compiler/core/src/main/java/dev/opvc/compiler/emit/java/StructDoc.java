// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.types.Javadoc;
import dev.opvc.compiler.model.StructType;

/** The beginning of the documentation of a struct's class. */
final class StructDoc {
    private StructDoc() {}

    /** @param otherwise for a struct without a comment */
    static String of(StructType struct, String otherwise) {
        String text = Javadoc.of(struct.doc(), otherwise);
        String name = struct.name();
        return JavaNames.isTypeTaken(name)
                ? Javadoc.paragraph(
                        text,
                        "This is {@code struct " + name + "}, which is not called so because Java has another " + name
                                + ".")
                : text;
    }
}
