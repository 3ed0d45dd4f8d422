// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What can go wrong in a unit, so that its documentation says so. */
final class UnitTraits {
    private final Set<Class<? extends RangeCheck>> checks = new HashSet<>();
    private boolean mayFault;

    private UnitTraits() {}

    static UnitTraits of(LoweredUnit unit) {
        UnitTraits traits = new UnitTraits();
        if (unit instanceof QueryUnit query) {
            Stream.of(query.before(), query.each(), query.after())
                    .flatMap(List::stream)
                    .forEach(traits::add);
        } else {
            traits.add(((VectorUnit) unit).body());
        }
        return traits;
    }

    /** Whether it checks something of a kind. */
    boolean has(Class<? extends RangeCheck> kind) {
        return checks.contains(kind);
    }

    /** Whether memory that it touches may not be there: slots and cells are the runtime's own, other memory is not. */
    boolean mayFault() {
        return mayFault;
    }

    private void add(QueryStep step) {
        if (step instanceof QueryStep.Check check) {
            checks.add(check.check().getClass());
        }
    }

    private void add(Block block) {
        block.steps().forEach(this::add);
        if (block.end() instanceof Block.Commit commit) {
            commit.writes().forEach(this::add);
        }
        if (block.end() instanceof Block.Choice choice) {
            add(choice.then());
            add(choice.otherwise());
        }
    }

    private void add(Step step) {
        if (step instanceof Step.Check check) {
            checks.add(check.check().getClass());
        }
        step.conditions().forEach(this::add);
    }

    private void add(Operation operation) {
        mayFault |=
                operation.operands().stream().map(Operation.Operand::address).anyMatch(UnitTraits::mayFault);
    }

    private static boolean mayFault(Address address) {
        if (address instanceof Address.OfPlace place) {
            return !place.place().isInSlot();
        }
        return address instanceof Address.OfPointer;
    }
}
