// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.VectorUnit;
import javax.lang.model.element.Modifier;

/** Writes the class whose instances hold the results of a unit, and how it ended if there are several ways. */
final class HolderWriter {
    private final VectorUnit unit;
    private final JavaLayout layout;

    HolderWriter(VectorUnit unit, JavaLayout layout) {
        this.unit = unit;
        this.layout = layout;
    }

    /** What a holder has beside the results; empty if the unit can only commit. */
    static String ending(VectorUnit unit) {
        return switch (ResultForm.of(unit)) {
            case COMMITTED -> ReservedNames.COMMITTED;
            case OUTCOME -> ReservedNames.OUTCOME;
            default -> "";
        };
    }

    TypeSpec write() {
        TypeSpec.Builder type = TypeSpec.classBuilder(layout.resultsOf(unit).simpleName())
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(
                        "Gets what {@code $L} gives, at each call anew. The results change when it commits, and only"
                                + " then.\n\n<p>For one thread at a time.",
                        unit.name());
        unit.results()
                .forEach(result -> type.addField(
                        JavaType.of(result.type()).typeName(), JavaNames.result(result.name()), Modifier.PRIVATE));
        if (ResultForm.of(unit) == ResultForm.COMMITTED) {
            type.addField(TypeName.BOOLEAN, ReservedNames.COMMITTED, Modifier.PRIVATE);
        } else if (ResultForm.of(unit) == ResultForm.OUTCOME) {
            type.addField(layout.outcomesOf(unit), ReservedNames.OUTCOME, Modifier.PRIVATE);
        }
        type.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("Makes one in which all results are zero.")
                .build());
        unit.results().forEach(result -> type.addMethod(accessor(result)));
        if (ResultForm.of(unit) == ResultForm.COMMITTED) {
            type.addMethod(accessor(
                    ReservedNames.COMMITTED,
                    TypeName.BOOLEAN,
                    "Tells how the last call ended.",
                    "true if it committed; false also before any call"));
        } else if (ResultForm.of(unit) == ResultForm.OUTCOME) {
            type.addMethod(accessor(
                    ReservedNames.OUTCOME,
                    layout.outcomesOf(unit),
                    "Tells how the last call ended.",
                    "how it ended; null before any call"));
        }
        return type.build();
    }

    static MethodSpec accessor(Result result) {
        return accessor(
                JavaNames.result(result.name()),
                JavaType.of(result.type()).typeName(),
                "Reads {@code " + result.name() + "}.",
                TypeDocs.value(result.type()));
    }

    private static MethodSpec accessor(String name, TypeName type, String doc, String value) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("$L\n\n@return $L", doc, value)
                .returns(type)
                .addStatement("return $L", name)
                .build();
    }
}
