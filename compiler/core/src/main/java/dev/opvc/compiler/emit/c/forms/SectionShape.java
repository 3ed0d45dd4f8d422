// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.types.RawBits;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A unit that one section of the runtime does as a whole, on the CPU that it finds itself on, so that nothing is looked at
 * before it.
 *
 * @param before what is computed and decided on parameters alone
 * @param condition the comparison, or that a list is not empty, on which the store depends
 * @param behind what is computed and cannot fail
 */
record SectionShape(List<Step> before, Optional<Step> condition, List<Step> behind, Block.Commit commit) {

    /** What a section does, if the unit, whose paths make single stores, is such a one. */
    static Optional<SectionShape> of(VectorUnit unit) {
        if (!(unit.body().end() instanceof Block.Commit commit)
                || commit.writes().size() != 1
                || !SingleStores.fit(unit)
                || hasSlotAddresses(unit.body(), commit)
                || commit.results().stream().anyMatch(ResultValue.Copied.class::isInstance)) {
            return Optional.empty();
        }
        List<Step> steps = unit.body().steps();
        Optional<SectionShape> pop = pop(unit, steps, commit);
        return pop.isPresent() ? pop : store(steps, commit);
    }

    /** The list's head, if the section takes its first node off a list. */
    Optional<Prepared> head() {
        return before.stream()
                .filter(Step.Read.class::isInstance)
                .map(read -> ((Step.Read) read).prepared())
                .findFirst();
    }

    /** The store, or the copy of a head's next. */
    Operation store() {
        return commit.writes().get(0);
    }

    /** Values are computed before it is known where the slot is. */
    private static boolean hasSlotAddresses(Block body, Block.Commit commit) {
        List<Value> values = new ArrayList<>();
        for (Step step : body.steps()) {
            if (step instanceof Step.Bind bind) {
                values.add(bind.value());
            } else if (step instanceof Step.Decide decide) {
                values.add(decide.condition());
            } else if (step instanceof Step.Check check) {
                values.addAll(check.check().parts());
                if (check.namesPlaces()) {
                    return true;
                }
            } else if (step instanceof Step.Guard guard) {
                addOperands(guard.operation(), values);
            }
        }
        commit.writes().forEach(write -> addOperands(write, values));
        for (ResultValue result : commit.results()) {
            if (result instanceof ResultValue.Computed computed) {
                values.add(computed.value());
            }
        }
        return values.stream().anyMatch(value -> value.contains(SectionShape::isSlotAddress));
    }

    private static void addOperands(Operation operation, List<Value> values) {
        operation.number().ifPresent(values::add);
        if (operation.length() instanceof Length.Computed length) {
            values.add(length.value());
        }
        for (Operation.Operand operand : operation.operands()) {
            if (operand.address() instanceof Address.OfCell cell) {
                values.add(cell.value());
            } else if (operand.address() instanceof Address.OfPlace place
                    && place.place().isInSlot()) {
                List<Value> parts = place.place().parts();
                values.addAll(parts.subList(1, parts.size()));
            } else {
                values.addAll(operand.address().parts());
            }
        }
    }

    private static boolean isSlotAddress(Value value) {
        return value instanceof Value.SameAddress
                || (value instanceof Value.OfParameter parameter
                        && parameter.parameter().perCpu());
    }

    private static Optional<SectionShape> store(List<Step> steps, Block.Commit commit) {
        List<Step> before = new ArrayList<>();
        List<Step> behind = new ArrayList<>();
        Optional<Step> condition = Optional.empty();
        Operation store = commit.writes().get(0);
        for (Step step : steps) {
            boolean fits = step instanceof Step.Bind || step instanceof Step.Check || step instanceof Step.Decide;
            if (step instanceof Step.Guard guard && condition.isEmpty() && isCompared(guard.operation(), store)) {
                condition = Optional.of(guard);
            } else if (!fits || (condition.isPresent() && !(step instanceof Step.Bind))) {
                return Optional.empty();
            } else {
                (condition.isEmpty() ? before : behind).add(step);
            }
        }
        return isValueStore(store) || (store instanceof Operation.Add && condition.isEmpty())
                ? Optional.of(new SectionShape(before, condition, behind, commit))
                : Optional.empty();
    }

    private static boolean isValueStore(Operation store) {
        return store instanceof Operation.Copy copy && copy.src().address() instanceof Address.OfCell;
    }

    /** Whether a section compares so: 64 bits of a slot with a value, beside a store of as many. */
    private static boolean isCompared(Operation.Compare compare, Operation store) {
        return compare.code() == OpCode.COMPARE_EQ
                && isValueStore(store)
                && comparedPlace(compare).isPresent()
                && compare.length() instanceof Length.OfType length
                && isWide(RawBits.width(length.type()))
                && RawBits.width(length.type()).equals(RawBits.width(SingleStores.stored(store)));
    }

    private static boolean isWide(String width) {
        return width.equals(ScalarType.U64.toString()) || width.equals(ScalarType.UPTR.toString());
    }

    /** The place in a slot that is compared with a value. */
    static Optional<Address.OfPlace> comparedPlace(Operation.Compare compare) {
        Address a = compare.a().address();
        Address b = compare.b().address();
        Address place = a instanceof Address.OfCell ? b : a;
        boolean withValue = a instanceof Address.OfCell != b instanceof Address.OfCell;
        return withValue
                        && place instanceof Address.OfPlace found
                        && found.place().isInSlot()
                ? Optional.of(found)
                : Optional.empty();
    }

    /** The value that a place is compared with. */
    static Address.OfCell comparedValue(Operation.Compare compare) {
        return (Address.OfCell)
                (compare.a().address() instanceof Address.OfCell
                        ? compare.a().address()
                        : compare.b().address());
    }

    /** Reads a list's head, requires that it is not null, and makes its next the head. */
    private static Optional<SectionShape> pop(VectorUnit unit, List<Step> steps, Block.Commit commit) {
        List<Step> before = new ArrayList<>();
        List<Step> behind = new ArrayList<>();
        Optional<Step> condition = Optional.empty();
        boolean hasRead = false;
        for (Step step : steps) {
            if (step instanceof Step.Bind) {
                (hasRead ? behind : before).add(step);
            } else if (step instanceof Step.Read && !hasRead) {
                before.add(step);
                hasRead = true;
            } else if (step instanceof Step.Decide decide && condition.isEmpty() && hasRead) {
                condition = Optional.of(decide);
            } else {
                return Optional.empty();
            }
        }
        boolean pops = hasRead
                && commit.writes().get(0) instanceof Operation.Copy copy
                && copy.src().address() instanceof Address.OfPlace next
                && next.place().hasKnownOffset()
                && ReadPointers.of(unit).pointerOf(next.place()).isPresent()
                && condition
                        .map(step -> isNotNull(((Step.Decide) step).condition(), next.place()))
                        .orElse(false);
        return pops ? Optional.of(new SectionShape(before, condition, behind, commit)) : Optional.empty();
    }

    private static boolean isNotNull(Value condition, Place next) {
        return condition instanceof Value.Comparison comparison
                && comparison.operator() == BinaryOperator.NOT_EQUAL
                && ((comparison.left().equals(next.pointer()) && isNull(comparison.right()))
                        || (comparison.right().equals(next.pointer()) && isNull(comparison.left())));
    }

    private static boolean isNull(Value value) {
        return value instanceof Value.Constant constant && constant.value() instanceof ConstantValue.NullValue;
    }
}
