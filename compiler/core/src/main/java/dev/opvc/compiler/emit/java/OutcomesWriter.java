// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.vector.VectorUnit;
import javax.lang.model.element.Modifier;

/** Writes the enumeration of the ways in which a transaction ends. */
final class OutcomesWriter {
    private OutcomesWriter() {}

    static TypeSpec write(VectorUnit unit, JavaLayout layout) {
        TypeSpec.Builder type = TypeSpec.enumBuilder(layout.outcomesOf(unit).simpleName())
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("How {@code $L} ends.", unit.name());
        addConstant(type, Outcome.COMMITTED, "Everything happened.");
        for (Outcome outcome : unit.outcomes()) {
            addConstant(
                    type,
                    JavaNames.constant(outcome.name()),
                    "It ended with {@code " + outcome.name() + "}; nothing happened.");
        }
        return type.build();
    }

    private static void addConstant(TypeSpec.Builder type, String name, String doc) {
        type.addEnumConstant(
                name, TypeSpec.anonymousClassBuilder("").addJavadoc("$L", doc).build());
    }
}
