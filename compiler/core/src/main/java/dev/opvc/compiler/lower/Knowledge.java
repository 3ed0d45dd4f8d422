// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known on a path: what its blocks have found out, from the root of the unit to the block at hand. A branch adds
 * to what it knows alone; from the moment that a path splits, what is known before it changes no more. So nothing is
 * copied, and branches share what they have in common.
 */
final class Knowledge {
    private final @Nullable Knowledge before;
    private final List<Write> writes;
    private final Map<Value, Address.OfCell> cells = new HashMap<>();
    private final Set<RangeCheck> checks = new HashSet<>();
    private final Map<Place, Prepared> reads = new HashMap<>();
    private final Map<Binding, Value> bindings = new HashMap<>();
    private final Map<Local, Value> locals = new HashMap<>();
    private final Map<PlaceAfter, Value> values = new HashMap<>();
    private final Map<Result, ResultValue> results;

    /** Nothing yet. */
    Knowledge() {
        this(null, List.of(), Map.of());
    }

    private Knowledge(@Nullable Knowledge before, List<Write> writes, Map<Result, ResultValue> results) {
        this.before = before;
        this.writes = new ArrayList<>(writes);
        this.results = new LinkedHashMap<>(results);
    }

    /** All this, for a branch that adds to it. */
    Knowledge branch() {
        return new Knowledge(this, writes, results);
    }

    private <T> Optional<T> find(Function<Knowledge, @Nullable T> lookup) {
        for (Knowledge at = this; at != null; at = at.before) {
            T found = lookup.apply(at);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    void write(Write write) {
        writes.add(write);
    }

    /** In the order written. */
    List<Write> writes() {
        return writes;
    }

    /** Notes that a check is made; false if it was before. */
    boolean checked(RangeCheck check) {
        boolean known = find(at -> at.checks.contains(check) ? check : null).isPresent();
        return !known && checks.add(check);
    }

    void read(Prepared prepared) {
        reads.put(prepared.place(), prepared);
    }

    Optional<Prepared> read(Place place) {
        return find(at -> at.reads.get(place));
    }

    void value(PlaceAfter place, Value value) {
        values.put(place, value);
    }

    Optional<Value> value(PlaceAfter place) {
        return find(at -> at.values.get(place));
    }

    void bind(Binding binding, Value value) {
        bindings.put(binding, value);
    }

    Value valueOf(Binding binding) {
        return find(at -> at.bindings.get(binding)).orElseThrow();
    }

    void compute(Local local, Value value) {
        locals.put(local, value);
    }

    Optional<Value> computedBy(Local local) {
        return find(at -> at.locals.get(local));
    }

    /** A cell that others may use, too, whose value it is. */
    void share(Address.OfCell cell) {
        cells.put(cell.value(), cell);
    }

    Optional<Address.OfCell> cell(Value value) {
        return find(at -> at.cells.get(value));
    }

    void result(ResultValue value) {
        results.put(value.result(), value);
    }

    boolean hasResult(Result result) {
        return results.containsKey(result);
    }

    /** In the order assigned. */
    List<ResultValue> results() {
        return List.copyOf(results.values());
    }
}
