// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.AddressRenderer;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;

/** The slots themselves, folded and set back while all others are kept from the CPU. */
final class DrainedSlots implements CpuState {
    private final Variables variables;
    private final Slots slots;
    private final AddressRenderer addresses;
    private final SlotResets resets;

    DrainedSlots(Variables variables, Slots slots, AddressRenderer addresses, SlotResets resets) {
        this.variables = variables;
        this.slots = slots;
        this.addresses = addresses;
        this.resets = resets;
    }

    @Override
    public CodeBlock around(CodeBlock code) {
        CodeBlock all = CodeBlock.builder().add(code).add(resets.store()).build();
        return ExclusionRenderer.aroundDrain(all, variables, slots);
    }

    @Override
    public CodeBlock address(Place place) {
        return addresses.address(place);
    }

    @Override
    public CodeBlock read(Prepared prepared, CodeBlock value) {
        return CodeBlock.builder()
                .addStatement("$T $L = $L", JavaType.of(prepared.type()).typeName(), variables.value(prepared), value)
                .build();
    }
}
