// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.emit.java.expressions.ConstantRenderer;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.emit.java.types.Javadoc;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantDefinition;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.Table;
import java.math.BigInteger;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the class for constants and for units that no per-CPU class of the file has. */
final class OperationsClassWriter {
    private OperationsClassWriter() {}

    static TypeSpec write(JavaLayout layout) {
        TypeSpec.Builder type = TypeSpec.classBuilder(layout.operations())
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addJavadoc("Constants and operations of $L.\n\n", layout.fileName())
                .addJavadoc("<p>Safe for use by any number of threads. Needs a 64-bit Java virtual machine.")
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        layout.program().constants().forEach(constant -> type.addField(constant(constant)));
        layout.program().tables().forEach(table -> type.addField(table(table)));
        layout.otherUnits().forEach(unit -> UnitWriter.write(unit, layout, type));
        StaticInitializer.write(layout.otherUnits(), layout, type);
        return type.build();
    }

    private static FieldSpec constant(ConstantDefinition constant) {
        FieldSpec.Builder field = FieldSpec.builder(
                        type(constant.value()),
                        JavaNames.constant(constant.name().text()),
                        Modifier.PUBLIC,
                        Modifier.STATIC,
                        Modifier.FINAL)
                .addJavadoc("$L", Javadoc.of(constant.doc(), "The constant {@code " + constant.name() + "}."));
        return initialize(field, constant.value()).build();
    }

    /** An array can be changed, so that nobody outside of the package sees it. */
    private static FieldSpec table(Table table) {
        JavaType element = JavaType.of(table.element());
        List<CodeBlock> values = table.values().stream()
                .map(value -> ConstantRenderer.render(value.value(), element).code())
                .toList();
        return FieldSpec.builder(
                        ArrayTypeName.of(element.typeName()),
                        JavaNames.table(table.name().text()),
                        Modifier.STATIC,
                        Modifier.FINAL)
                .addJavadoc("$L", Javadoc.of(table.doc(), "The table {@code " + table.name() + "}."))
                .initializer("{$L}", CodeBlock.join(values, ", "))
                .build();
    }

    private static FieldSpec.Builder initialize(FieldSpec.Builder field, ConstantValue value) {
        if (value instanceof ConstantValue.IntegerValue integer && !isPrimitive(integer)) {
            return field.initializer("new $T($S)", BigInteger.class, integer.on(Abi.LP64));
        }
        return field.initializer(ConstantRenderer.render(value, heldAs(value)).code());
    }

    private static TypeName type(ConstantValue value) {
        return value instanceof ConstantValue.IntegerValue integer && !isPrimitive(integer)
                ? TypeName.get(BigInteger.class)
                : heldAs(value).typeName();
    }

    /** The smallest of int, long and a long's bit pattern for integers; a double for floats. */
    private static JavaType heldAs(ConstantValue value) {
        if (value instanceof ConstantValue.BoolValue) {
            return JavaType.BOOL;
        }
        if (value instanceof ConstantValue.NullValue) {
            return JavaType.U64;
        }
        if (!(value instanceof ConstantValue.IntegerValue integer)) {
            return JavaType.F64;
        }
        BigInteger number = integer.on(Abi.LP64);
        if (number.bitLength() < Integer.SIZE) {
            return JavaType.I32;
        }
        return number.bitLength() < Long.SIZE ? JavaType.I64 : JavaType.U64;
    }

    /** Constants are exact and have no type: no primitive type may hold one. */
    private static boolean isPrimitive(ConstantValue.IntegerValue value) {
        BigInteger number = value.on(Abi.LP64);
        return number.bitLength() < Long.SIZE || (number.signum() > 0 && number.bitLength() == Long.SIZE);
    }
}
