// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.emit.java.names.HolderNames;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.names.ReservedNames;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.emit.java.types.ResultForm;
import dev.opvc.compiler.emit.java.types.TypeDocs;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.VectorUnit;
import javax.lang.model.element.Modifier;

/**
 * Writes the class whose instances hold the results of a unit, and how it ended if there are several ways. A query's
 * array is there twice: one has the last results, the other gets those of the next call, and when that is done they
 * change places.
 */
final class HolderWriter {
    /** How long an array is at first that gets its length with what is folded. */
    private static final String NO_ELEMENTS = "0";

    private final LoweredUnit unit;
    private final JavaLayout layout;
    private final TypeSpec.Builder type;

    private HolderWriter(LoweredUnit unit, JavaLayout layout) {
        this.unit = unit;
        this.layout = layout;
        this.type = TypeSpec.classBuilder(layout.resultsOf(unit).simpleName());
    }

    static TypeSpec write(LoweredUnit unit, JavaLayout layout) {
        return new HolderWriter(unit, layout).write();
    }

    /** What a holder has beside the results; empty if the unit can only come to its end. */
    static String ending(LoweredUnit unit) {
        return switch (ResultForm.of(unit)) {
            case COMMITTED -> ReservedNames.COMMITTED;
            case OUTCOME -> ReservedNames.OUTCOME;
            case NOTHING, VALUE, VECTOR_RESULT -> "";
        };
    }

    private TypeSpec write() {
        String when = unit.kind().folds() ? "it comes to its end" : "it commits";
        type.addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(
                        "Gets what {@code $L} gives, at each call anew. The results change when $L, and only"
                                + " then.\n\n<p>For one thread at a time.",
                        unit.name(),
                        when);
        unit.results().forEach(this::addFields);
        if (!ending(unit).isEmpty()) {
            type.addField(endingType(), ending(unit), Modifier.PRIVATE);
        }
        type.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("Makes one in which all results are zero.")
                .build());
        unit.results().forEach(this::addAccessors);
        addEnding();
        return type.build();
    }

    private TypeName endingType() {
        return ResultForm.of(unit) == ResultForm.COMMITTED ? TypeName.BOOLEAN : layout.outcomesOf((VectorUnit) unit);
    }

    private void addEnding() {
        switch (ResultForm.of(unit)) {
            case COMMITTED -> addEnding("true if it committed; false also before any call");
            case OUTCOME -> addEnding("how it ended; null before any call");
            case NOTHING, VALUE, VECTOR_RESULT -> {}
        }
    }

    private void addEnding(String value) {
        type.addMethod(accessor(ending(unit), endingType(), "Tells how the last call ended.", value));
    }

    private void addFields(Result result) {
        String name = JavaNames.result(result.name());
        if (!(result.type() instanceof ArrayType array)) {
            type.addField(JavaType.of(result.type()).typeName(), name, Modifier.PRIVATE);
            return;
        }
        if (array.sized()) {
            addArray(array, name, NO_ELEMENTS);
            addArray(array, HolderNames.spare((QueryUnit) unit, result), NO_ELEMENTS);
            return;
        }
        String length = HolderNames.length(result);
        type.addField(FieldSpec.builder(TypeName.INT, length, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("How many elements {@code $L} has.", result.name())
                .initializer("$L", array.length())
                .build());
        addArray(array, name, length);
        addArray(array, HolderNames.spare((QueryUnit) unit, result), length);
    }

    private void addArray(ArrayType array, String name, String length) {
        TypeName element = JavaType.of(array.element()).typeName();
        type.addField(FieldSpec.builder(ArrayTypeName.of(element), name, Modifier.PRIVATE)
                .initializer("new $T[$L]", element, length)
                .build());
    }

    private void addAccessors(Result result) {
        type.addMethod(accessor(result));
        if (result.type() instanceof ArrayType array && array.sized()) {
            type.addMethod(MethodSpec.methodBuilder(HolderNames.lengthMethod(result))
                    .addModifiers(Modifier.PUBLIC)
                    .addJavadoc("Tells how many elements {@code $L} has.\n\n", result.name())
                    .addJavadoc("@return as many as the instance had that was read; 0 before any call")
                    .returns(TypeName.INT)
                    .addStatement("return $L.length", JavaNames.result(result.name()))
                    .build());
        }
    }

    private static MethodSpec accessor(Result result) {
        return result.type() instanceof ArrayType array
                ? elementAccessor(result, array)
                : accessor(
                        JavaNames.result(result.name()),
                        JavaType.of(result.type()).typeName(),
                        "Reads {@code " + result.name() + "}.",
                        TypeDocs.value(result.type()));
    }

    private static MethodSpec elementAccessor(Result result, ArrayType array) {
        String name = JavaNames.result(result.name());
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("Reads an element of {@code $L}.\n\n", result.name())
                .addJavadoc(
                        "@param index 0 to {@link #$L} - 1\n",
                        array.sized() ? HolderNames.lengthMethod(result) + "()" : HolderNames.length(result))
                .addJavadoc("@return $L\n", TypeDocs.value(array.element()))
                .addJavadoc("@throws IndexOutOfBoundsException if there is no such element")
                .returns(JavaType.of(array.element()).typeName())
                .addParameter(TypeName.INT, "index")
                .addStatement("return $L[index]", name)
                .build();
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
