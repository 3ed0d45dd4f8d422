// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The pointers that a transaction cannot do without: it touches their memory on every path that commits, and none of its
 * conditions asks about them. Null in their place is a mistake of the caller, which direct code would end the process
 * for.
 */
final class RequiredPointers implements Block.EndCases<Set<Parameter>> {
    private final Set<Parameter> askedAbout = new HashSet<>();

    private RequiredPointers() {}

    /** In the order declared. A raw vector has none: it tells of every fault in its own way. */
    static List<Parameter> of(LoweredUnit unit) {
        if (unit.kind() != UnitKind.TRANSACTION) {
            return List.of();
        }
        RequiredPointers pointers = new RequiredPointers();
        Set<Parameter> touched = pointers.touched(((VectorUnit) unit).body());
        touched.removeAll(pointers.askedAbout);
        return unit.parameters().stream().filter(touched::contains).toList();
    }

    private Set<Parameter> touched(Block block) {
        Set<Parameter> touched = block.end().match(this);
        for (Step step : block.steps()) {
            step.conditions().forEach(condition -> addTouched(condition, touched));
            if (step instanceof Step.Decide decide) {
                addAskedAbout(decide.condition());
            }
            if (step instanceof Step.Bind bind) {
                addAskedAbout(bind.value());
            }
            if (step instanceof Step.Guard guard) {
                addCompared(guard.operation());
            }
        }
        return touched;
    }

    @Override
    public Set<Parameter> commit(Block.Commit commit) {
        Set<Parameter> touched = new HashSet<>();
        commit.writes().forEach(operation -> addTouched(operation, touched));
        return touched;
    }

    @Override
    public Set<Parameter> choice(Block.Choice choice) {
        addAskedAbout(choice.condition());
        Set<Parameter> touched = touched(choice.then());
        touched.retainAll(touched(choice.otherwise()));
        return touched;
    }

    private static void addTouched(Operation operation, Set<Parameter> touched) {
        boolean mayBeEmpty = !operation.length().isKnown() || operation.length().max(Abi.LP64) == 0;
        if (mayBeEmpty) {
            return;
        }
        for (Operation.Operand operand : operation.operands()) {
            Address address = operand.address();
            if (address instanceof Address.OfPlace place) {
                addIfPointer(place.place().pointer(), touched);
            }
            if (address instanceof Address.OfPointer pointer) {
                addIfPointer(pointer.pointer(), touched);
            }
        }
    }

    private static void addIfPointer(Value value, Set<Parameter> pointers) {
        if (value instanceof Value.OfParameter of && !of.parameter().perCpu()) {
            pointers.add(of.parameter());
        }
    }

    private void addCompared(Operation.Compare compare) {
        for (Operation.Operand operand : compare.operands()) {
            if (operand.address() instanceof Address.OfCell cell) {
                addAskedAbout(cell.value());
            }
        }
    }

    private void addAskedAbout(Value value) {
        addIfPointer(value, askedAbout);
        value.parts().forEach(this::addAskedAbout);
    }
}
