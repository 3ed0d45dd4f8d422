// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.emit.java.expressions.MemoryAccess;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.emit.java.types.Javadoc;
import dev.opvc.compiler.emit.java.types.TypeDocs;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/** Writes what a class has for a struct's layout: its size, its fields' offsets, and static accessors. */
final class AccessorWriter {
    private static final String ADDRESS = "address";
    private static final String INDEX = "index";
    private static final String VALUE = "value";

    private final StructType struct;
    private final TypeSpec.Builder target;

    private AccessorWriter(StructType struct, TypeSpec.Builder target) {
        this.struct = struct;
        this.target = target;
    }

    static void write(StructType struct, TypeSpec.Builder target) {
        AccessorWriter writer = new AccessorWriter(struct, target);
        writer.constant(
                JavaNames.SIZE,
                struct.size(Abi.LP64),
                struct.tail()
                        .map(tail -> "Size in bytes, without the elements of {@code " + tail.name() + "}.")
                        .orElse("Size in bytes."));
        for (Field field : struct.fields()) {
            writer.constant(
                    JavaNames.offset(field.name()),
                    struct.offset(field, Abi.LP64),
                    "Offset of {@code " + field.name() + "} in bytes.");
        }
        struct.fields().forEach(writer::accessors);
    }

    private void constant(String name, long value, String doc) {
        target.addField(FieldSpec.builder(TypeName.INT, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("$L", doc)
                .initializer("$L", value)
                .build());
    }

    private void accessors(Field field) {
        CodeBlock place = CodeBlock.of("$L + $L", ADDRESS, JavaNames.offset(field.name()));
        if (field.type() instanceof ArrayType array) {
            target.addMethod(addressOf(field, List.of(), place));
            elementAccessors(field, array, place);
        } else {
            accessors(field, field.type(), List.of(), place);
        }
    }

    private void elementAccessors(Field field, ArrayType outermost, CodeBlock place) {
        List<Index> indices = Index.of(outermost);
        CodeBlock.Builder element = CodeBlock.builder().add(place);
        indices.forEach(index -> element.add(" + $L", offset(index)));
        accessors(field, indices.get(indices.size() - 1).array().element(), indices, element.build());
    }

    private CodeBlock offset(Index index) {
        return index.offset(
                index.array().sized()
                        ? lengthOfTail()
                        : CodeBlock.of("$L", index.array().length()));
    }

    /** What the slot says of the array that was given its length when it was allocated. */
    private CodeBlock lengthOfTail() {
        Field length = struct.lengthField().orElseThrow();
        return MemoryAccess.read(length.type(), CodeBlock.of("$L + $L", ADDRESS, JavaNames.offset(length.name())));
    }

    private void accessors(Field field, Type type, List<Index> indices, CodeBlock place) {
        if (type instanceof StructType) {
            target.addMethod(addressOf(field, indices, place));
        } else {
            target.addMethod(getter(field, type, indices, place));
            if (struct.lengthField().filter(field::equals).isEmpty()) {
                target.addMethod(setter(field, type, indices, place));
            }
        }
    }

    private MethodSpec addressOf(Field field, List<Index> indices, CodeBlock place) {
        String what = "the address of " + named(field, indices);
        return accessor(field, Javadoc.of(field.doc(), "Finds " + what + "."), indices)
                .addJavadoc("\n@return $L", what)
                .returns(TypeName.LONG)
                .addStatement("return $L", place)
                .build();
    }

    private MethodSpec getter(Field field, Type type, List<Index> indices, CodeBlock place) {
        String doc = Javadoc.of(field.doc(), "Reads " + named(field, indices) + ".");
        return accessor(field, doc, indices)
                .addJavadoc("\n@return $L", TypeDocs.value(type))
                .returns(JavaType.of(type).typeName())
                .addStatement("return $L", MemoryAccess.read(type, place))
                .build();
    }

    private MethodSpec setter(Field field, Type type, List<Index> indices, CodeBlock place) {
        return accessor(field, "Writes " + named(field, indices) + ".", indices)
                .addJavadoc("\n@param $L $L", VALUE, TypeDocs.argument(type))
                .addParameter(JavaType.of(type).typeName(), VALUE)
                .addStatement("$L", MemoryAccess.write(type, place, VALUE))
                .build();
    }

    private MethodSpec.Builder accessor(Field field, String doc, List<Index> indices) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(JavaNames.accessor(field.name()))
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addJavadoc(
                        "$L\n\n@param $L address of $L$L",
                        doc,
                        ADDRESS,
                        struct.perCpu() ? "a slot of " : "",
                        TypeDocs.withArticle(struct))
                .addParameter(TypeName.LONG, ADDRESS);
        for (Index index : indices) {
            method.addJavadoc("\n@param $L 0 to $L", index.name(), last(index.array()));
            method.addParameter(TypeName.INT, index.name());
        }
        return method;
    }

    private String last(ArrayType array) {
        return array.sized()
                ? "{@code " + struct.lengthField().orElseThrow().name() + "} - 1"
                : String.valueOf(array.length() - 1);
    }

    private static String named(Field field, List<Index> indices) {
        return (indices.isEmpty() ? "" : "an element of ") + "{@code " + field.name() + "}";
    }

    /** One of the indices of an element, and the array that it is an index of. */
    private record Index(String name, ArrayType array) {
        static List<Index> of(ArrayType outermost) {
            boolean single = !(outermost.element() instanceof ArrayType);
            List<Index> indices = new ArrayList<>();
            Type next = outermost;
            while (next instanceof ArrayType array) {
                indices.add(new Index(single ? INDEX : INDEX + (indices.size() + 1), array));
                next = array.element();
            }
            return indices;
        }

        /** How far behind the array's beginning the element lies. */
        CodeBlock offset(CodeBlock length) {
            CodeBlock checked = CodeBlock.of("$T.checkIndex($L, $L)", Objects.class, name, length);
            long size = array.element().size(Abi.LP64);
            return size == 1 ? checked : CodeBlock.of("$L * $L", size, checked);
        }
    }
}
