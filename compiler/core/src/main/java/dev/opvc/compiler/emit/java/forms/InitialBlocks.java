// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.InitialValue;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * The constant memory of a unit from which it sets structs and arrays back. It lives as long as the class, so that neither
 * form has anything to fill.
 */
public final class InitialBlocks {
    private final VectorUnit unit;
    private final List<InitialValue> values;

    public InitialBlocks(VectorUnit unit) {
        this.unit = unit;
        this.values = unit.initialValues();
    }

    /** The name of the field with the address of a block. */
    CodeBlock address(Address.OfInitial initial) {
        return CodeBlock.of("$L", name(initial.places().get(0).initialValue()));
    }

    /** Adds the fields, and the methods that make what they lead to. */
    public void write(TypeSpec.Builder target) {
        for (InitialValue value : values) {
            target.addField(
                    FieldSpec.builder(TypeName.LONG, name(value), Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                            .addJavadoc(
                                    "What {@code $L} sets back to.",
                                    JavaNames.unit(unit.name().text()))
                            .initializer("$L()", name(value))
                            .build());
            target.addMethod(make(value));
        }
    }

    private MethodSpec make(InitialValue value) {
        return MethodSpec.methodBuilder(name(value))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(TypeName.LONG)
                .addStatement(
                        "long block = $T.allocate($L)",
                        RuntimeClasses.MEMORY,
                        value.type().size(Abi.LP64))
                .addCode(InitialStores.toZeroedMemory(value, CodeBlock.of("block"), InitialStores.NO_LENGTH))
                .addStatement("return block")
                .build();
    }

    /** An underscore within a name keeps it apart from all that comes from names of OPV. */
    private String name(InitialValue value) {
        return JavaNames.initialBlock(unit.name().text()) + "_" + (values.indexOf(value) + 1);
    }
}
