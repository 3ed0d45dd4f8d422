// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Program;
import dev.opvc.compiler.model.QueryDefinition;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.UnitDefinition;
import java.util.ArrayList;
import java.util.List;

/** What can be called: a transaction, or a query or drain. */
sealed interface Unit {
    /** A transaction. */
    record Transaction(UnitDefinition definition) implements Unit {}

    /** A query or drain. */
    record Query(QueryDefinition definition) implements Unit {}

    /** All that a program has, in the order in which they are numbered. */
    static List<Unit> of(Program program) {
        List<Unit> units = new ArrayList<>();
        program.units().forEach(definition -> units.add(new Transaction(definition)));
        program.queries().forEach(definition -> units.add(new Query(definition)));
        return units;
    }

    default String name() {
        return this instanceof Transaction transaction
                ? transaction.definition.name().text()
                : ((Query) this).definition.name().text();
    }

    default List<Parameter> parameters() {
        return this instanceof Transaction transaction
                ? transaction.definition.parameters()
                : ((Query) this).definition.parameters();
    }

    default List<Result> results() {
        return this instanceof Transaction transaction
                ? transaction.definition.results()
                : ((Query) this).definition.results();
    }

    default List<Outcome> outcomes() {
        return this instanceof Transaction transaction ? transaction.definition.outcomes() : List.of();
    }

    /** Whether callers are told which outcome it was, even where there is one. */
    default boolean outcomesDeclared() {
        return this instanceof Transaction transaction && transaction.definition.outcomesDeclared();
    }

    /** The values that its results are made of, those of arrays one by one. */
    default List<Type> values() {
        List<Type> values = new ArrayList<>();
        results().forEach(result -> Leaf.of(result.type()).forEach(leaf -> values.add(leaf.type())));
        return values;
    }
}
