// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.Value;
import java.util.List;
import java.util.Optional;

/**
 * Collects a path as its statements are lowered one after the other: the steps of the block at hand, and what is known
 * by then. Where the path splits, its block is complete, and each branch goes on with a block and knowledge of its own.
 */
final class PathBuilder {
    private final Steps steps;
    private final Knowledge knowledge;
    private final ReadDepths depths;
    private final List<Address.OfCell> cells;

    /**
     * @param cells gets the cells of all paths of the unit
     */
    PathBuilder(List<Address.OfCell> cells) {
        this(new Knowledge(), new ReadDepths(), cells);
    }

    private PathBuilder(Knowledge knowledge, ReadDepths depths, List<Address.OfCell> cells) {
        this.steps = new Steps(depths);
        this.knowledge = knowledge;
        this.depths = depths;
        this.cells = cells;
    }

    /** A path that goes on from here, without the steps so far: they stand in a block before it. */
    PathBuilder branch() {
        return new PathBuilder(knowledge.branch(), depths, cells);
    }

    /** Adds a step that is no check. */
    void prepare(Step step) {
        steps.add(step);
    }

    /** Adds a check, unless it has been made already: that holds still, because values do not change. */
    void check(RangeCheck check) {
        if (knowledge.checked(check)) {
            steps.add(new Step.Check(check));
        }
    }

    void guard(Operation.Compare operation, Outcome outcome) {
        steps.add(new Step.Guard(operation, outcome));
    }

    void write(Operation operation, Write.Effect effect) {
        knowledge.write(new Write(operation, effect));
    }

    /** The operations behind the guards so far. */
    List<Write> writes() {
        return knowledge.writes();
    }

    /** What a place holds then, if it was asked for before: a value that grows with each write is computed once. */
    Optional<Value> known(PlaceAfter place) {
        return knowledge.value(place);
    }

    void know(PlaceAfter place, Value value) {
        knowledge.value(place, value);
    }

    /** The value that was read from a place already. */
    Optional<Prepared> read(Place place) {
        return knowledge.read(place);
    }

    void read(Prepared prepared, Operation.Compare validation) {
        knowledge.read(prepared);
        depths.read(prepared, Math.max(ReadDepths.OF_READ, depths.of(prepared.place())));
        steps.add(new Step.Read(prepared, validation));
    }

    /** Has a place read by a loading vector. */
    void load(Step.Loaded value) {
        knowledge.read(value.prepared());
        depths.read(value.prepared(), depths.of(value.prepared().place()) + 1);
        steps.load(value);
    }

    /** Gives a binding its value; one that other values are made of is computed once. */
    void bind(Binding binding, Value value) {
        knowledge.bind(binding, named(binding.identifier(), value));
    }

    /** What stands for a value wherever it is used: the value itself if it is nothing to compute, or else its name. */
    Value named(Identifier name, Value value) {
        if (isAtom(value)) {
            return value;
        }
        Local local = new Local(name, value.type());
        knowledge.compute(local, value);
        depths.bind(local, value);
        steps.add(new Step.Bind(local, value));
        return new Value.OfLocal(local);
    }

    private static boolean isAtom(Value value) {
        return value instanceof Value.Constant
                || value instanceof Value.OfParameter
                || value instanceof Value.OfPrepared
                || value instanceof Value.OfLocal;
    }

    /** Whether a value was made of what was read from memory. */
    boolean isReadFromMemory(Value value) {
        return depths.of(value) != ReadDepths.NOT_READ;
    }

    /** What stands for a binding on this path. */
    Value valueOf(Binding binding) {
        return knowledge.valueOf(binding);
    }

    /** How a local of this path is computed. */
    Optional<Value> computedBy(Local local) {
        return knowledge.computedBy(local);
    }

    /** A cell that holds a value while the vector runs. Nothing writes to it, so equal values share one. */
    Address.OfCell cell(Value value) {
        return knowledge.cell(value).orElseGet(() -> {
            Address.OfCell cell = ownCell(value);
            knowledge.share(cell);
            return cell;
        });
    }

    /** A cell that operations write to. */
    Address.OfCell ownCell(Value initial) {
        Address.OfCell cell = new Address.OfCell(cells.size(), initial);
        cells.add(cell);
        return cell;
    }

    boolean hasResult(Result result) {
        return knowledge.hasResult(result);
    }

    void result(ResultValue value) {
        knowledge.result(value);
    }

    /** The path ends here. */
    Block commit() {
        List<Operation> operations =
                knowledge.writes().stream().map(Write::operation).toList();
        return new Block(steps.all(), new Block.Commit(operations, knowledge.results()));
    }

    /** The path splits here. */
    Block choose(Block.Choice choice) {
        return new Block(steps.all(), choice);
    }
}
