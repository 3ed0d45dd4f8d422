// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.NameAllocator;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Prepared;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.SlotCopy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The names of the parameters and variables of a query's methods. */
final class QueryLocals extends Variables {
    private final NameAllocator names = new NameAllocator();
    private final JavaLayout layout;
    private final Optional<Parameter> receiver;
    private final Map<Parameter, String> slots = new HashMap<>();
    private final Map<Object, String> values = new HashMap<>();
    private final Map<Integer, String> copies = new HashMap<>();
    private final String cpu;
    private final String vector;
    private final String result;

    QueryLocals(QueryUnit query, JavaLayout layout) {
        this.layout = layout;
        this.receiver = layout.receiver(query);
        query.parameters().forEach(parameter -> names.newName(free(JavaNames.variable(parameter.name())), parameter));
        cpu = fresh("cpu");
        vector = fresh("vector");
        result = fresh("result");
        query.perCpuParameters().stream()
                .filter(parameter -> !isReceiver(parameter))
                .forEach(parameter -> slots.put(parameter, fresh(names.get(parameter) + ReservedNames.SLOT_CLASS)));
        query.folds().forEach(this::allocate);
        Stream.of(query.before(), query.each(), query.after()).forEach(steps -> steps.forEach(this::allocate));
        boolean several = query.copies().size() > 1;
        query.copies()
                .forEach(copy -> copies.put(copy.number(), fresh(several ? "copy" + (copy.number() + 1) : "copy")));
    }

    private void allocate(FoldedValue folded) {
        values.put(folded.binding(), fresh(JavaNames.variable(folded.binding().name())));
    }

    private void allocate(QueryStep step) {
        if (step instanceof QueryStep.Bind bind) {
            values.put(bind.binding(), fresh(JavaNames.variable(bind.binding().name())));
        } else if (step instanceof QueryStep.Read read) {
            values.put(read.prepared(), fresh(JavaNames.variable(read.prepared().name())));
        }
    }

    /** The name, or the first one like it that hides nothing. */
    private String free(String name) {
        String free = name;
        while (layout.namesNotForVariables().contains(free)) {
            free += "_";
        }
        return free;
    }

    /** A name for one more variable. */
    String fresh(String suggestion) {
        return names.newName(free(suggestion));
    }

    /** Says what has a value. */
    void assign(Object value, String variable) {
        values.put(value, variable);
    }

    /** What has the address of a copy. */
    String copy(SlotCopy copy) {
        return Objects.requireNonNull(copies.get(copy.number()));
    }

    String value(FoldedValue folded) {
        return value(folded.binding());
    }

    /** The parameter that gets the results. */
    String result() {
        return result;
    }

    @Override
    String parameter(Parameter parameter) {
        return names.get(parameter);
    }

    @Override
    String value(Parameter parameter) {
        String slot = slots.get(parameter);
        return slot == null ? names.get(parameter) : slot;
    }

    @Override
    String value(Binding binding) {
        return Objects.requireNonNull(values.get(binding));
    }

    @Override
    String value(Prepared prepared) {
        return Objects.requireNonNull(values.get(prepared));
    }

    @Override
    String bits(Prepared prepared) {
        throw new IllegalArgumentException("a query computes with values only");
    }

    @Override
    boolean isReceiver(Parameter parameter) {
        return receiver.isPresent() && receiver.get() == parameter;
    }

    @Override
    String cpu() {
        return cpu;
    }

    @Override
    String vector() {
        return vector;
    }
}
