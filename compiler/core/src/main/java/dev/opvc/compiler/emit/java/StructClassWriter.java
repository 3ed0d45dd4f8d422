// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.types.Javadoc;
import dev.opvc.compiler.model.StructType;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the class for an ordinary struct: nothing but static members. */
final class StructClassWriter {
    private StructClassWriter() {}

    static TypeSpec write(StructType struct, JavaLayout layout) {
        String text = StructDoc.of(struct, "The struct {@code " + struct + "}.");
        TypeSpec.Builder type = TypeSpec.classBuilder(layout.classOf(struct))
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addJavadoc(
                        "$L",
                        Javadoc.paragraph(text, "Its layout on 64-bit machines, and plain accesses by its address."))
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        AccessorWriter.write(struct, type);
        StaticInitializer.write(List.of(), layout, type);
        return type.build();
    }
}
