// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Prepared;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects a path as its statements are lowered one after the other. */
final class PathBuilder {
    private final List<Step> preparation = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();
    private final Map<Expr, Address.OfCell> sharedCells = new HashMap<>();
    private final List<Address.OfCell> cells = new ArrayList<>();
    private final Set<RangeCheck> checks = new HashSet<>();
    private final Map<Place, Prepared> reads = new HashMap<>();
    private final Map<Binding, Expr> bindings = new HashMap<>();
    private final Set<Binding> fromMemory = new HashSet<>();
    private final Map<Result, ResultValue> results = new LinkedHashMap<>();

    /** Adds a step; a check that has been made already holds still, because values do not change. */
    void prepare(Step step) {
        if (!(step instanceof Step.Check check) || checks.add(check.check())) {
            preparation.add(step);
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

    /** The value that was read from a place already. */
    Optional<Prepared> read(Place place) {
        return Optional.ofNullable(reads.get(place));
    }

    void read(Prepared prepared, Operation.Compare validation) {
        reads.put(prepared.place(), prepared);
        prepare(new Step.Read(prepared, validation));
    }

    /** Gives a binding its value; one that other values are made of is computed once. */
    void bind(Binding binding, Expr value) {
        if (isAtom(value)) {
            bindings.put(binding, value);
        } else {
            prepare(new Step.Bind(binding, value));
            if (isReadFromMemory(value)) {
                fromMemory.add(binding);
            }
            bindings.put(binding, new Expr.BindingValue(binding));
        }
    }

    /** Whether a value was made of what was read from memory. */
    boolean isReadFromMemory(Expr expr) {
        if (expr instanceof Expr.PreparedValue) {
            return true;
        }
        if (expr instanceof Expr.BindingValue binding) {
            return fromMemory.contains(binding.binding());
        }
        if (expr instanceof Expr.Conversion conversion) {
            return isReadFromMemory(conversion.operand());
        }
        if (expr instanceof Expr.Unary unary) {
            return isReadFromMemory(unary.operand());
        }
        if (expr instanceof Expr.Binary binary) {
            return isReadFromMemory(binary.left()) || isReadFromMemory(binary.right());
        }
        return expr instanceof Expr.Function function
                && function.arguments().stream().anyMatch(this::isReadFromMemory);
    }

    private static boolean isAtom(Expr value) {
        return value instanceof Expr.Constant
                || value instanceof Expr.ParameterValue
                || value instanceof Expr.PreparedValue
                || value instanceof Expr.BindingValue;
    }

    /** What stands for a binding on this path, if it could be lowered. */
    Optional<Expr> valueOf(Binding binding) {
        return Optional.ofNullable(bindings.get(binding));
    }

    /** A cell that holds a value while the vector runs. Nothing writes to it, so equal values share one. */
    Address.OfCell cell(Expr value) {
        return sharedCells.computeIfAbsent(value, this::ownCell);
    }

    /** A cell that operations write to. */
    Address.OfCell ownCell(Expr initial) {
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

    VectorPath build() {
        return new VectorPath(
                List.of(),
                preparation,
                writes.stream().map(Write::operation).toList(),
                List.copyOf(results.values()),
                cells);
    }
}
