// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects a path as its statements are lowered one after the other. Where paths part, each goes on with a copy. */
final class PathBuilder {
    private final List<Step> steps = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();
    private final Map<Value, Address.OfCell> sharedCells = new HashMap<>();
    private final List<Address.OfCell> cells;
    private final Set<RangeCheck> checks = new HashSet<>();
    private final Map<Place, Prepared> reads = new HashMap<>();
    private final Map<Local, Value> bindings = new HashMap<>();
    private final ReadDepths depths;
    private final Map<PlaceAfter, Value> known = new HashMap<>();
    private final Map<Result, ResultValue> results = new LinkedHashMap<>();
    private final IdentityHashMap<Value, Boolean> decided = new IdentityHashMap<>();
    private final IdentityHashMap<Value, Boolean> required = new IdentityHashMap<>();
    private @Nullable Parting parting;

    /**
     * A condition on which the rest of a statement depends.
     *
     * @param left the left side of {@code logical}, lowered
     */
    record Parting(Value.Logical logical, Value left) {}

    /**
     * @param cells gets the cells of all paths of the unit
     */
    PathBuilder(List<Address.OfCell> cells) {
        this.cells = cells;
        this.depths = new ReadDepths();
    }

    private PathBuilder(PathBuilder other) {
        cells = other.cells;
        writes.addAll(other.writes);
        sharedCells.putAll(other.sharedCells);
        checks.addAll(other.checks);
        reads.putAll(other.reads);
        bindings.putAll(other.bindings);
        depths = other.depths;
        known.putAll(other.known);
        results.putAll(other.results);
        decided.putAll(other.decided);
        required.putAll(other.required);
    }

    /** A path that goes on from here, without the steps so far: they stand in a block before it. */
    PathBuilder branch() {
        return new PathBuilder(this);
    }

    /** Adds a step; a check that has been made already holds still, because values do not change. */
    void prepare(Step step) {
        if (!(step instanceof Step.Check check) || checks.add(check.check())) {
            steps.add(step);
        }
    }

    void check(RangeCheck check) {
        prepare(new Step.Check(check));
    }

    void guard(Operation.Compare operation, Outcome outcome) {
        prepare(new Step.Guard(operation, outcome));
    }

    void write(Operation operation, Write.Effect effect) {
        writes.add(new Write(operation, effect));
    }

    /** The operations behind the guards so far. */
    List<Write> writes() {
        return writes;
    }

    /** What a place holds then, if it was asked for before: a value that grows with each write is computed once. */
    Optional<Value> known(PlaceAfter place) {
        return Optional.ofNullable(known.get(place));
    }

    void know(PlaceAfter place, Value value) {
        known.put(place, value);
    }

    /** The value that was read from a place already. */
    Optional<Prepared> read(Place place) {
        return Optional.ofNullable(reads.get(place));
    }

    void read(Prepared prepared, Operation.Compare validation) {
        reads.put(prepared.place(), prepared);
        depths.read(prepared, Math.max(ReadDepths.OF_READ, depths.of(prepared.place())));
        prepare(new Step.Read(prepared, validation));
    }

    /**
     * Has a place read by a loading vector: by the one before it if what leads there was known to that, and nothing that
     * could end the transaction stands between. Then that vector moves behind all that it does not depend on, so that
     * whatever leads to the place stands before it.
     */
    void load(Step.Loaded value) {
        int depth = depths.of(value.prepared().place()) + 1;
        reads.put(value.prepared().place(), value.prepared());
        depths.read(value.prepared(), depth);
        List<Step.Loaded> together = new ArrayList<>();
        List<Step> dependent = new ArrayList<>();
        int last = steps.size() - 1;
        while (last >= 0 && (steps.get(last) instanceof Step.Read || steps.get(last) instanceof Step.Bind)) {
            last--;
        }
        if (last >= 0 && steps.get(last) instanceof Step.Load before && depthOf(before) == depth) {
            together.addAll(before.values());
            steps.remove(last);
            steps.subList(last, steps.size()).stream()
                    .filter(step -> dependsOnDepth(step, depth))
                    .forEach(dependent::add);
            steps.removeAll(dependent);
        }
        together.add(value);
        steps.add(new Step.Load(together));
        steps.addAll(dependent);
    }

    private boolean dependsOnDepth(Step step, int depth) {
        return step instanceof Step.Bind bind
                ? depths.of(new Value.OfLocal(bind.binding())) >= depth
                : step.reads().stream().anyMatch(read -> depths.of(read.place()) >= depth);
    }

    private int depthOf(Step.Load load) {
        return depths.of(new Value.OfPrepared(load.values().get(0).prepared()));
    }

    /** Gives a binding its value; one that other values are made of is computed once. */
    void bind(Local binding, Value value) {
        bindings.put(binding, named(binding, value));
    }

    /** What stands for a value wherever it is used: the value itself if it is nothing to compute, or else its name. */
    Value named(Local binding, Value value) {
        if (isAtom(value)) {
            return value;
        }
        Local ofPath = new Local(binding.identifier(), value);
        depths.bind(ofPath);
        prepare(new Step.Bind(ofPath));
        return new Value.OfLocal(ofPath);
    }

    private static boolean isAtom(Value value) {
        return value instanceof Value.Constant
                || value instanceof Value.OfParameter
                || value instanceof Value.OfPrepared
                || value instanceof Value.OfLocal;
    }

    /** Whether a value was made of what was read from memory. */
    boolean isReadFromMemory(Value expr) {
        return depths.of(expr) != ReadDepths.NOT_READ;
    }

    /** What stands for a binding on this path, if it could be lowered. */
    Optional<Value> valueOf(Local binding) {
        return Optional.ofNullable(bindings.get(binding));
    }

    /** Which way the left side of {@code &&} or {@code ||} went on this path, if the path depends on it. */
    Optional<Boolean> decided(Value.Logical logical) {
        return Optional.ofNullable(decided.get(logical));
    }

    void decide(Value.Logical logical, boolean left) {
        decided.put(logical, left);
    }

    /** Has the path part before the statement that is being lowered, which then is lowered again on both ways. */
    void part(Value.Logical logical, Value left) {
        parting = new Parting(logical, left);
    }

    /** Where the path parts, if it does. */
    Optional<Parting> parting() {
        return Optional.ofNullable(parting);
    }

    /** Whether a condition, this very one, is required for the first time: it is lowered again where paths part. */
    boolean isRequired(Value condition) {
        return required.containsKey(condition);
    }

    void require(Value condition) {
        required.put(condition, true);
    }

    /** A cell that holds a value while the vector runs. Nothing writes to it, so equal values share one. */
    Address.OfCell cell(Value value) {
        return sharedCells.computeIfAbsent(value, this::ownCell);
    }

    /** A cell that operations write to. */
    Address.OfCell ownCell(Value initial) {
        Address.OfCell cell = new Address.OfCell(cells.size(), initial);
        cells.add(cell);
        return cell;
    }

    /** Adds a cell that was numbered elsewhere, once. */
    void adopt(Address.OfCell cell) {
        if (sharedCells.putIfAbsent(cell.value(), cell) == null) {
            cells.add(cell);
        }
    }

    boolean hasResult(Result result) {
        return results.containsKey(result);
    }

    void result(ResultValue value) {
        results.put(value.result(), value);
    }

    /** The path ends here. */
    Block commit() {
        List<Operation> operations = writes.stream().map(Write::operation).toList();
        return new Block(steps, new Block.Commit(operations, List.copyOf(results.values())));
    }

    /** The path parts here. */
    Block choose(Block.Choice choice) {
        return new Block(steps, choice);
    }
}
