// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.SlotCopy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The names of what a query's functions have their values in: parameters, variables, and members of its two structs. */
final class QueryLocalNames extends ValueNames {
    private static final String MARK = "_";
    private static final String FOLDS = "folds->";

    private final Map<Object, String> names = new HashMap<>();
    private final Map<Place, String> cells = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** Apart from the others: where slots are read there are no results. */
    private final Set<String> resultNames = new HashSet<>();

    private final Set<String> functions;

    private QueryLocalNames(Set<String> functions) {
        this.functions = functions;
    }

    /**
     * Names all of them, and reports which parameters and results would have one name.
     *
     * @param functions those of the header, which a local name would hide from calls
     */
    static QueryLocalNames of(QueryUnit query, Set<String> functions, Diagnostics diagnostics) {
        QueryLocalNames locals = new QueryLocalNames(functions);
        NameScope scope = new NameScope(diagnostics);
        for (Parameter parameter : query.parameters()) {
            String name = locals.add(parameter, parameter.name(), locals.taken);
            scope.claim(name, parameter.identifier(), "parameter " + parameter.name());
        }
        for (Result result : query.results()) {
            String name = locals.add(result, result.name(), locals.resultNames);
            scope.claim(name, result.identifier(), "result " + result.name());
        }
        Stream.of(query.before(), query.each(), query.after())
                .flatMap(List::stream)
                .forEach(locals::addStep);
        Set<String> members = new HashSet<>();
        for (FoldedValue folded : query.folds()) {
            locals.names.put(folded.local(), unique(folded.local().name(), members));
        }
        Set<String> copied = new HashSet<>();
        for (SlotCopy copy : query.copies()) {
            copy.places()
                    .forEach(place ->
                            locals.cells.put(place, unique(place.lastField().orElseThrow(), copied)));
        }
        query.folds().forEach(folded -> locals.names.computeIfPresent(folded.local(), (key, name) -> FOLDS + name));
        return locals;
    }

    private static String unique(String name, Set<String> members) {
        String safe = NameKind.MEMBER.safe(name);
        String unique = safe;
        for (int i = 2; !members.add(unique); i++) {
            unique = numbered(safe, i);
        }
        return unique;
    }

    private static String numbered(String name, int number) {
        return name.endsWith(MARK) ? name + number : name + MARK + number;
    }

    private String add(Object owner, String name, Set<String> among) {
        String safe = free(NameKind.QUERY_LOCAL.safe(name));
        among.add(safe);
        names.put(owner, safe);
        return safe;
    }

    private void addStep(QueryStep step) {
        if (step instanceof QueryStep.Bind bind) {
            names.put(bind.local(), variable(bind.local().name()));
        } else if (step instanceof QueryStep.Read read) {
            names.put(read.prepared(), variable(read.prepared().name(), Set.of()));
        }
    }

    /** A name for a variable, which no other has, in whatever function. */
    String variable(String name) {
        return variable(name, resultNames);
    }

    private String variable(String name, Set<String> others) {
        String safe = free(NameKind.QUERY_LOCAL.safe(name));
        String unique = safe;
        for (int i = 2; others.contains(unique) || !taken.add(unique); i++) {
            unique = free(numbered(safe, i));
        }
        return unique;
    }

    private String free(String name) {
        return functions.contains(name) ? name + MARK : name;
    }

    /** Says what has a value. */
    void assign(Object value, String name) {
        names.put(value, name);
    }

    /** The member of the query's cells to which a place is copied. */
    String cell(Place copied) {
        return Objects.requireNonNull(cells.get(copied));
    }

    /** The member of the query's folds. */
    String member(FoldedValue folded) {
        return of(folded.local()).substring(FOLDS.length());
    }

    String of(Result result) {
        return name(result);
    }

    @Override
    String of(Parameter parameter) {
        return name(parameter);
    }

    @Override
    String of(Local local) {
        return name(local);
    }

    @Override
    String of(Prepared prepared) {
        return name(prepared);
    }

    private String name(Object value) {
        return Objects.requireNonNull(names.get(value));
    }
}
