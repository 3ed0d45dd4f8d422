// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.StructType;
import javax.lang.model.element.Modifier;

/**
 * Writes what the class for a per-CPU struct has because the struct ends in an array that is given its length when it is
 * allocated. The length is in each slot, for those who have an address, and in the instance, for its methods.
 */
final class SizedArrayWriter {
    /** What the method that allocates calls a slot. */
    private static final String SLOT = "slot";

    private final StructType struct;
    private final JavaLayout layout;
    private final Field tail;
    private final Field length;
    private final ArrayType array;

    SizedArrayWriter(StructType struct, JavaLayout layout) {
        this.struct = struct;
        this.layout = layout;
        this.tail = struct.tail().orElseThrow();
        this.length = struct.lengthField().orElseThrow();
        this.array = (ArrayType) tail.type();
    }

    /** The length, and the method that tells it. */
    void addTo(TypeSpec.Builder type) {
        String name = JavaNames.length(struct);
        type.addField(TypeName.INT, name, Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(MethodSpec.methodBuilder(name)
                        .addModifiers(Modifier.PUBLIC)
                        .addJavadoc(
                                "Tells how many elements {@code $L} has, from the first to the last.\n\n", tail.name())
                        .addJavadoc("@return 1 to $L, always the same, also when this is closed", array.length())
                        .returns(TypeName.INT)
                        .addStatement("return $L", name)
                        .build());
    }

    void addTo(MethodSpec.Builder constructor) {
        String name = JavaNames.length(struct);
        constructor.addParameter(TypeName.INT, name).addStatement("this.$L = $L", name, name);
    }

    /** The parameter of the method that allocates, and its check. */
    void addArgument(MethodSpec.Builder allocate) {
        String name = name();
        allocate.addParameter(TypeName.INT, name)
                .addJavadoc("@param $L how many elements {@code $L} has, 1 to $L\n", name, tail.name(), array.length())
                .addJavadoc("@throws IllegalArgumentException if it cannot have so many; nothing is allocated\n")
                .beginControlFlow("if ($L < 1 || $L > $L)", name, name, array.length())
                .addStatement(
                        "throw new $T($S + $L + $S)",
                        IllegalArgumentException.class,
                        length.name() + " is ",
                        name,
                        "; it must be 1 to " + array.length())
                .endControlFlow();
    }

    /** Bytes of a slot. */
    CodeBlock size(CodeBlock withoutArray) {
        return CodeBlock.of("$L + $L * $L", withoutArray, array.element().size(Abi.LP64), name());
    }

    /** Stores the length in a slot. */
    CodeBlock initialize() {
        return CodeBlock.builder()
                .addStatement(
                        "$T.putInt($L + $T.$L, $L)",
                        RuntimeClasses.MEMORY,
                        SLOT,
                        layout.accessorsOf(struct),
                        JavaNames.offset(length.name()),
                        name())
                .build();
    }

    /** The argument behind the memory with which an instance is made. */
    CodeBlock argument() {
        return CodeBlock.of(", $L", name());
    }

    /** How many elements there are, in the method that allocates. */
    CodeBlock length() {
        return CodeBlock.of("$L", name());
    }

    private String name() {
        String name = JavaNames.variable(length.name());
        return name.equals(SLOT) ? SLOT + "_" : name;
    }
}
