// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.AddressRenderer;
import dev.opvc.compiler.emit.java.expressions.ExpressionRenderer;
import dev.opvc.compiler.emit.java.expressions.Rendered;
import dev.opvc.compiler.emit.java.expressions.Rendered.Level;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.SlotCopy;

/** Copies of what is needed of the slots, which one vector has made, or one snapshot. */
final class CopiedSlots implements CpuState {
    /** The vector's method that makes the copies by a look, which touches no memory of CPUs that are not used. */
    static final String SNAPSHOT = "snapshot";

    private final QueryUnit query;
    private final Variables variables;
    private final Slots slots;
    private final AddressRenderer addresses;
    private final String taken;
    private final SlotResets resets;

    /** @param taken the vector's method that makes the copies: execute, or snapshot */
    CopiedSlots(QueryUnit query, Variables variables, Slots slots, ExpressionRenderer expressions, String taken) {
        this.taken = taken;
        this.resets = new SlotResets(query, variables, expressions);
        this.query = query;
        this.variables = variables;
        this.slots = slots;
        this.addresses = expressions.addresses();
    }

    @Override
    public CodeBlock around(CodeBlock code) {
        CodeBlock.Builder copies = CodeBlock.builder().add(find()).add(slots.beginVector());
        query.copies().forEach(copy -> copies.add(copy(copy)));
        return copies.add(resets.append())
                .addStatement("$L.$L($L)", variables.vector(), taken, variables.cpu())
                .add(code)
                .build();
    }

    private CodeBlock find() {
        return taken.equals(SNAPSHOT) ? slots.findToRead() : slots.find();
    }

    private CodeBlock copy(SlotCopy copy) {
        String vector = variables.vector();
        String variable = variables.copy(copy);
        CodeBlock length = copy.operation().length() instanceof Length.OfType
                        || !copy.operation().length().isKnown()
                ? addresses.length(copy.operation().length())
                : CodeBlock.of("$L", copy.length(Abi.LP64));
        CodeBlock source = addresses.address(copy.places().get(0));
        String memcpy = OperationTable.row(copy.operation().code()).append();
        return CodeBlock.builder()
                .addStatement("long $L = $L.room($L)", variable, vector, length)
                .addStatement("$L.$L($L, $L, $L)", vector, memcpy, variable, source, length)
                .build();
    }

    @Override
    public CodeBlock read(Prepared prepared, CodeBlock value) {
        return CodeBlock.builder()
                .addStatement("$T $L = $L", JavaType.of(prepared.type()).typeName(), variables.value(prepared), value)
                .build();
    }

    @Override
    public CodeBlock address(Place place) {
        SlotCopy copy = query.copyWith(place);
        Place around = copy.around(place);
        Rendered base = Rendered.primary("$L", variables.copy(copy));
        long offset = copy.offset(around, Abi.LP64);
        if (offset > 0) {
            base = Rendered.infix(base, "+", Level.SUM, Rendered.primary("$L", offset));
        }
        return addresses.address(
                base,
                place.selectors()
                        .subList(around.selectors().size(), place.selectors().size()));
    }
}
