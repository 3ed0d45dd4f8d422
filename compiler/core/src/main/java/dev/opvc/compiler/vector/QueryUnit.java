// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Result;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query or drain, lowered. Its work has three parts: what can be said before any CPU is looked at; then, for each possible CPU
 * in ascending order, a copy of what the folds need of its slots, taken as one, and the steps that fold it in; and then
 * the results. A step that fails ends the query, and no result changes. A drain has the same parts, and what it has
 * copied of a CPU's slots it sets back in the same vector; so none of its steps for each CPU or behind can fail.
 *
 * @param kind one that folds
 * @param copies what is copied of each CPU's slots; their operations make up one vector
 * @param resets what is set back of each CPU's slots, behind the copies; none in a query
 * @param folds in the order in which they begin
 * @param before checks and bindings on parameters alone
 * @param each what is done with each CPU's copy
 * @param after checks and bindings that need what has been folded
 * @param values the results, in the order assigned
 * @param doc the documentation comment as written, with its delimiters
 */
public record QueryUnit(
        UnitKind kind,
        Identifier name,
        List<Parameter> parameters,
        List<Result> results,
        List<SlotCopy> copies,
        List<SlotReset> resets,
        List<FoldedValue> folds,
        List<QueryStep> before,
        List<QueryStep> each,
        List<QueryStep> after,
        List<QueryResult> values,
        @Nullable String doc)
        implements LoweredUnit {
    public QueryUnit {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
        copies = List.copyOf(copies);
        resets = List.copyOf(resets);
        folds = List.copyOf(folds);
        before = List.copyOf(before);
        each = List.copyOf(each);
        after = List.copyOf(after);
        values = List.copyOf(values);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.query(this);
    }

    /** The copy in which a place of a slot is found, by itself or in another place. */
    public SlotCopy copyWith(Place place) {
        return copies.stream()
                .filter(copy -> copy.places().stream().anyMatch(place::isWithin))
                .findFirst()
                .orElseThrow();
    }

    /** The vector that copies one CPU's slots, and, in a drain, sets them back. */
    public List<Operation> operations() {
        return Stream.concat(
                        copies.stream().<Operation>map(SlotCopy::operation),
                        resets.stream().map(SlotReset::operation))
                .toList();
    }
}
