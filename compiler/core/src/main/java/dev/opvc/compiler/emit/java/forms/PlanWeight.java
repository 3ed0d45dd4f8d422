// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How much there is in a unit's plan. What is light needs no rendering to know that its methods are short enough: of
 * everything, this counts more bytes of bytecode than a form can have for it.
 */
public final class PlanWeight {
    private static final int OF_VALUE = 16;
    private static final int OF_STEP = 160;
    private static final int OF_OPERATION = 80;

    /** Each end of a path tells by which of its comparisons a vector was stopped. */
    private static final int OF_CONDITION = 16;

    private final Set<Object> constants = new HashSet<>();
    private long bytes;

    private PlanWeight() {}

    public static PlanWeight of(LoweredUnit unit) {
        PlanWeight weight = new PlanWeight();
        if (unit instanceof QueryUnit query) {
            Stream.of(query.before(), query.each(), query.after())
                    .flatMap(List::stream)
                    .forEach(weight::add);
            query.values().forEach(value -> weight.bytes += OF_STEP);
            weight.bytes +=
                    (long) OF_OPERATION * (query.copies().size() + query.folds().size());
            query.resets()
                    .forEach(reset ->
                            weight.bytes += (long) OF_STEP * reset.places().size());
        } else {
            weight.add(((VectorUnit) unit).body(), 0);
        }
        return weight;
    }

    /** Whether the forms of a unit are short enough for sure. */
    public static boolean isLight(LoweredUnit unit) {
        return of(unit).bytes() <= BytecodeEstimate.COMPILED_MAX;
    }

    private long bytes() {
        return bytes;
    }

    /** How many constants a class needs for the names of variables, and for values. */
    public int constants() {
        return constants.size();
    }

    private void add(Block block, int conditionsBefore) {
        int conditions = conditionsBefore;
        for (Step step : block.steps()) {
            add(step);
            conditions += step.conditions().size();
            bytes += (long) OF_CONDITION * conditions;
        }
        if (block.end() instanceof Block.Commit commit) {
            bytes += (long) OF_CONDITION * conditions + OF_STEP;
            commit.writes().forEach(this::add);
            for (ResultValue result : commit.results()) {
                bytes += OF_OPERATION;
                if (result instanceof ResultValue.Computed computed) {
                    add(computed.value());
                }
            }
        }
        if (block.end() instanceof Block.Choice choice) {
            add(choice.condition());
            add(choice.then(), conditions);
            add(choice.otherwise(), conditions);
        }
    }

    private void add(Step step) {
        bytes += OF_STEP;
        if (step instanceof Step.Bind bind) {
            constants.add(bind.local().name());
            add(bind.value());
        }
        if (step instanceof Step.Decide decide) {
            add(decide.condition());
        }
        if (step instanceof Step.Check check) {
            add(check.check());
        }
        step.reads().forEach(prepared -> constants.add(prepared.name()));
        step.reads().forEach(prepared -> prepared.place().parts().forEach(this::add));
        step.conditions().forEach(this::add);
    }

    private void add(QueryStep step) {
        bytes += OF_STEP;
        if (step instanceof QueryStep.Bind bind) {
            constants.add(bind.local().name());
            add(bind.value());
        }
        if (step instanceof QueryStep.Check check) {
            add(check.check());
            add(check.when());
        }
        if (step instanceof QueryStep.Read read) {
            read.prepared().place().parts().forEach(this::add);
            add(read.when());
        }
        if (step instanceof QueryStep.Accumulate accumulate) {
            add(accumulate.folded().operand());
        }
    }

    private void add(RangeCheck check) {
        if (check instanceof RangeCheck.Index index) {
            add(index.index());
        }
        if (check instanceof RangeCheck.BelowLength index) {
            add(index.index());
        }
        if (check instanceof RangeCheck.Divisor divisor) {
            add(divisor.divisor());
        }
        if (check instanceof RangeCheck.ShiftCount shift) {
            add(shift.bits());
        }
    }

    private void add(Operation operation) {
        bytes += OF_OPERATION;
        operation.operands().forEach(operand -> operand.address().parts().forEach(this::add));
        if (operation.length() instanceof Length.Computed length) {
            add(length.value());
        }
        if (operation instanceof Operation.Add add) {
            add(add.count());
        }
        if (operation instanceof Operation.Bitwise bitwise) {
            add(bitwise.mask());
        }
        if (operation instanceof Operation.Shift shift) {
            add(shift.bits());
        }
        operation.operands().forEach(operand -> {
            if (operand.address() instanceof Address.OfCell cell) {
                add(cell.value());
            }
        });
    }

    private void add(Optional<Value> value) {
        value.ifPresent(this::add);
    }

    private void add(Value value) {
        bytes += OF_VALUE;
        if (value instanceof Value.Constant constant) {
            constants.add(constant.value());
        }
        for (Value part : value.parts()) {
            add(part);
        }
    }
}
