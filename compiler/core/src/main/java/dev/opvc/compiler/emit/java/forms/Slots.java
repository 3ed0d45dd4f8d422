// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.names.ReservedNames;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.LoweredUnit;

/** Renders what a method does with its per-CPU parameters before it works on their slots. */
final class Slots {
    private final LoweredUnit unit;
    private final Variables locals;

    Slots(LoweredUnit unit, Variables locals) {
        this.unit = unit;
        this.locals = locals;
    }

    /** Declares the variables with the addresses of the slots. */
    CodeBlock find() {
        CodeBlock.Builder code = CodeBlock.builder();
        for (Parameter parameter : unit.perCpuParameters()) {
            String slot = locals.value(parameter);
            if (locals.isReceiver(parameter)) {
                code.addStatement("long $L = slot($L)", slot, locals.cpu());
            } else {
                code.addStatement("long $L = $L.slot($L)", slot, locals.parameter(parameter), locals.cpu());
            }
        }
        return code.build();
    }

    /** Declares the variables with the addresses of memory that holds what the slots do, for who only copies out of it. */
    CodeBlock findToRead() {
        CodeBlock.Builder code = CodeBlock.builder();
        unit.perCpuParameters()
                .forEach(parameter -> code.addStatement(
                        "long $L = $L.slotToRead($L)", locals.value(parameter), memory(parameter), locals.cpu()));
        return code.build();
    }

    /** Declares the variable with the vector, which works on the slots. All of a raw vector is checked. */
    CodeBlock beginVector() {
        CodeBlock.Builder within = CodeBlock.builder();
        unit.perCpuParameters().forEach(parameter -> within.add(".within($L)", memory(parameter)));
        return CodeBlock.builder()
                .addStatement(
                        "$T $L = $T.$L()$L",
                        RuntimeClasses.OP_VECTOR,
                        locals.vector(),
                        RuntimeClasses.OP_VECTOR,
                        unit.kind() == UnitKind.VECTOR ? "begin" : "beginBuilt",
                        within.build())
                .build();
    }

    /** Declares the variables with the addresses of the slots in the CPU's region; throws if something is closed. */
    CodeBlock findIn(String region) {
        CodeBlock.Builder code = CodeBlock.builder();
        unit.perCpuParameters()
                .forEach(parameter -> code.addStatement(
                        "long $L = $L.slotIn($L)", locals.value(parameter), memory(parameter), region));
        return code.build();
    }

    private CodeBlock memory(Parameter parameter) {
        return locals.isReceiver(parameter)
                ? CodeBlock.of("$L", ReservedNames.MEMORY)
                : CodeBlock.of("$L.$L()", locals.parameter(parameter), ReservedNames.MEMORY);
    }
}
