// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.AddressRenderer;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.vector.Place;

/** The slots themselves, which nobody changes while the CPU is excluded. */
final class ExcludedSlots implements CpuState {
    private final AddressRenderer addresses;
    private final ExclusionRenderer exclusion;
    private final String word;

    ExcludedSlots(Variables variables, Slots slots, AddressRenderer addresses) {
        this.addresses = addresses;
        this.exclusion = new ExclusionRenderer(variables, slots);
        this.word = variables.fresh("word");
    }

    @Override
    public CodeBlock declare() {
        return exclusion.declare();
    }

    @Override
    public CodeBlock around(CodeBlock code) {
        return exclusion.around(
                word,
                CodeBlock.builder().add(code).add(ExclusionRenderer.leave()).build());
    }

    @Override
    public CodeBlock address(Place place) {
        return addresses.address(place);
    }
}
