// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.AddressRenderer;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Some words of the slots, read into variables without excluding anybody, and read again if somebody was at work. After
 * a number of times in vain, the CPU is excluded.
 */
final class SlotWords implements CpuState {
    private final Variables variables;
    private final Slots slots;
    private final AddressRenderer addresses;
    private final Map<Prepared, CodeBlock> reads = new LinkedHashMap<>();

    SlotWords(Variables variables, Slots slots, AddressRenderer addresses) {
        this.variables = variables;
        this.slots = slots;
        this.addresses = addresses;
    }

    /** Whether all that a query reads of a slot are words that are there on whatever state. */
    static boolean suffice(QueryUnit query) {
        return query.each().stream().allMatch(step -> step.match(new Words()));
    }

    private static final class Words implements QueryStep.Cases<Boolean> {
        @Override
        public Boolean bind(QueryStep.Bind bind) {
            return true;
        }

        /** What is checked may depend on what was read, and ends the query. */
        @Override
        public Boolean check(QueryStep.Check check) {
            return false;
        }

        @Override
        public Boolean read(QueryStep.Read read) {
            return read.when().isEmpty()
                    && read.prepared().place().selectors().stream().noneMatch(Place.IndexSelector.class::isInstance);
        }

        @Override
        public Boolean accumulate(QueryStep.Accumulate accumulate) {
            return true;
        }

        @Override
        public Boolean accumulateArray(QueryStep.AccumulateArray accumulate) {
            return false;
        }

        @Override
        public Boolean cumulate(QueryStep.Cumulate cumulate) {
            return false;
        }
    }

    @Override
    public CodeBlock address(Place place) {
        return addresses.address(place);
    }

    @Override
    public CodeBlock read(Prepared prepared, CodeBlock value) {
        reads.put(prepared, value);
        return CodeBlock.of("");
    }

    @Override
    public CodeBlock around(CodeBlock code) {
        String region = variables.fresh("region");
        String whole = variables.fresh("whole");
        String attempt = variables.fresh("attempt");
        String version = variables.fresh("version");
        CodeBlock.Builder all = CodeBlock.builder()
                .addStatement("long $L = $T.region($L)", region, RuntimeClasses.CPU_EXCLUSION, variables.cpu());
        reads.keySet().forEach(prepared -> all.add(declare(prepared)));
        return all.addStatement("boolean $L = false", whole)
                .beginControlFlow(
                        "for (int $L = 0; $L < $T.SNAPSHOTS_MAX && !$L; $L++)",
                        attempt,
                        attempt,
                        RuntimeClasses.CPU_EXCLUSION,
                        whole,
                        attempt)
                .addStatement("long $L = $T.version($L)", version, RuntimeClasses.CPU_EXCLUSION, region)
                .add(readAll(region))
                .addStatement("$L = $T.isStill($L, $L)", whole, RuntimeClasses.CPU_EXCLUSION, region, version)
                .endControlFlow()
                .beginControlFlow("if (!$L)", whole)
                .addStatement("$L = $T.enter($L)", region, RuntimeClasses.CPU_EXCLUSION, variables.cpu())
                .beginControlFlow("try")
                .add(readAll(region))
                .nextControlFlow("finally")
                .addStatement("$T.leave($L)", RuntimeClasses.CPU_EXCLUSION, region)
                .endControlFlow()
                .endControlFlow()
                .add(code)
                .build();
    }

    private CodeBlock declare(Prepared prepared) {
        return CodeBlock.builder()
                .addStatement(
                        "$T $L = $L",
                        JavaType.of(prepared.type()).typeName(),
                        variables.value(prepared),
                        prepared.type() == ScalarType.BOOL ? "false" : "0")
                .build();
    }

    private CodeBlock readAll(String region) {
        CodeBlock.Builder code = CodeBlock.builder().add(slots.findIn(region));
        reads.forEach((prepared, value) -> code.addStatement("$L = $L", variables.value(prepared), value));
        return code.build();
    }
}
