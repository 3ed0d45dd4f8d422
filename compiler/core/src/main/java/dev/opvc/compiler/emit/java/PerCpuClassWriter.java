// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.emit.java.expressions.ConstantRenderer;
import dev.opvc.compiler.emit.java.expressions.ConversionRenderer;
import dev.opvc.compiler.emit.java.expressions.Rendered;
import dev.opvc.compiler.emit.java.forms.InitialStores;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.names.ReservedNames;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.emit.java.types.Javadoc;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.InitialValue;
import dev.opvc.compiler.model.StructType;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Writes the class for a per-CPU struct. */
final class PerCpuClassWriter {
    private static final String MEMORY = ReservedNames.MEMORY;

    private final StructType struct;
    private final JavaLayout layout;
    private final ClassName name;

    PerCpuClassWriter(StructType struct, JavaLayout layout) {
        this.struct = struct;
        this.layout = layout;
        this.name = layout.classOf(struct);
    }

    TypeSpec write() {
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addSuperinterface(AutoCloseable.class)
                .addJavadoc(doc())
                .addField(RuntimeClasses.PER_CPU_MEMORY, MEMORY, Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(constructor())
                .addMethod(allocate());
        sized().ifPresent(array -> array.addTo(type));
        layout.unitsOf(struct).forEach(unit -> UnitWriter.write(unit, layout, type));
        StaticInitializer.write(layout.unitsOf(struct), layout, type);
        return type.addMethod(slot())
                .addMethod(memory())
                .addMethod(close())
                .addType(slotClass())
                .build();
    }

    private CodeBlock doc() {
        String text = StructDoc.of(struct, "One {@code " + struct + "} for each possible CPU.");
        return CodeBlock.of(
                "$L",
                Javadoc.paragraph(text, "Safe for use by any number of threads. Needs a 64-bit Java virtual machine."));
    }

    private MethodSpec constructor() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(RuntimeClasses.PER_CPU_MEMORY, MEMORY)
                .addStatement("this.$L = $L", MEMORY, MEMORY);
        sized().ifPresent(array -> array.addTo(constructor));
        return constructor.build();
    }

    private Optional<SizedArrayWriter> sized() {
        return struct.tail().map(tail -> new SizedArrayWriter(struct, layout));
    }

    private MethodSpec allocate() {
        CodeBlock.Builder initializer = CodeBlock.builder();
        InitialValue.OfStruct initial = (InitialValue.OfStruct) InitialValue.of(struct);
        struct.fields().forEach(field -> initialize(field, initial.field(field), initializer));
        sized().ifPresent(array -> initializer.add(array.initialize()));
        CodeBlock lambda = initializer.isEmpty()
                ? CodeBlock.of("slot -> {}")
                : CodeBlock.builder()
                        .add("slot -> {\n")
                        .indent()
                        .add(initializer.build())
                        .unindent()
                        .add("}")
                        .build();
        MethodSpec.Builder allocate = MethodSpec.methodBuilder("allocate")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addJavadoc("Allocates a slot for every possible CPU, each with the initial values.\n\n");
        sized().ifPresent(array -> array.addArgument(allocate));
        CodeBlock size = CodeBlock.of("$T.$L", layout.accessorsOf(struct), JavaNames.SIZE);
        return allocate.addJavadoc("@return a new instance; whoever has it closes it\n")
                .addJavadoc("@throws OutOfMemoryError if no per-CPU memory is left")
                .returns(name)
                .addCode(
                        "return new $T($T.allocate($L, $L)$L);\n",
                        name,
                        RuntimeClasses.PER_CPU_MEMORY,
                        sized().map(array -> array.size(size)).orElse(size),
                        lambda,
                        sized().map(SizedArrayWriter::argument).orElse(CodeBlock.of("")))
                .build();
    }

    private void initialize(Field field, InitialValue initial, CodeBlock.Builder code) {
        if (!(initial instanceof InitialValue.OfScalar scalar)) {
            long offset = struct.offset(field, Abi.LP64);
            CodeBlock place = offset == 0 ? CodeBlock.of("slot") : CodeBlock.of("slot + $L", offset);
            CodeBlock length = sized().map(SizedArrayWriter::length).orElse(InitialStores.NO_LENGTH);
            code.add(InitialStores.toZeroedMemory(initial, place, length));
            return;
        }
        if (field.initial() == null) {
            return;
        }
        JavaType type = JavaType.of(field.type());
        Rendered value = ConstantRenderer.render(scalar.value(), type);
        Rendered argument = type.isPromoted() ? ConversionRenderer.wrap(value, type) : value;
        code.addStatement(
                "$T.$L(slot, $L)", layout.accessorsOf(struct), JavaNames.accessor(field.name()), argument.code());
    }

    private MethodSpec slot() {
        return MethodSpec.methodBuilder("slot")
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("The address of a CPU's slot, for {@link $L}.\n\n", ReservedNames.SLOT_CLASS)
                .addJavadoc("@param cpu number of a possible CPU\n")
                .addJavadoc("@return an address that is good until this instance is closed or unreachable\n")
                .addJavadoc("@throws IllegalArgumentException if the CPU is not possible\n")
                .addJavadoc("@throws IllegalStateException if this instance is closed")
                .returns(TypeName.LONG)
                .addParameter(TypeName.INT, "cpu")
                .addStatement("return $L.slot(cpu)", MEMORY)
                .build();
    }

    private MethodSpec memory() {
        return MethodSpec.methodBuilder(MEMORY)
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("The memory of the slots, for vectors that are built by hand.\n\n")
                .addJavadoc("@return the same at every call; closing it closes this instance")
                .returns(RuntimeClasses.PER_CPU_MEMORY)
                .addStatement("return $L", MEMORY)
                .build();
    }

    private MethodSpec close() {
        return MethodSpec.methodBuilder("close")
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("Waits for what is under way, then ends the use of this instance: later calls throw\n")
                .addJavadoc("IllegalStateException. Closing again does nothing.")
                .addStatement("$L.close()", MEMORY)
                .build();
    }

    private TypeSpec slotClass() {
        TypeSpec.Builder type = TypeSpec.classBuilder(ReservedNames.SLOT_CLASS)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(
                        "A slot's layout, and plain accesses to it by its address. They are atomic only one by one.")
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        AccessorWriter.write(struct, type);
        return type.build();
    }
}
