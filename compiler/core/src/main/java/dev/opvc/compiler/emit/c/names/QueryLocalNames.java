// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.names;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.SlotCopy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The names of what a query's functions have their values in: parameters, variables, and members of its two structs. */
public final class QueryLocalNames extends LocalNames {
    private static final String FOLDS = "folds->";

    private final Map<Place, String> cells = new HashMap<>();
    private final Map<Result, String> capacities = new HashMap<>();

    private QueryLocalNames(Set<String> functions) {
        super(NameKind.QUERY_LOCAL, functions);
    }

    /**
     * Names all of them, and reports which parameters and results would have one name.
     *
     * @param functions those of the header, which a local name would hide from calls
     */
    public static QueryLocalNames of(QueryUnit query, Set<String> functions, Diagnostics diagnostics) {
        QueryLocalNames locals = new QueryLocalNames(functions);
        locals.addInterface(query, diagnostics);
        locals.addLengths(query);
        locals.addVariables(query);
        locals.addMembers(query);
        return locals;
    }

    /** Not all functions have slots to look at, so lengths are variables. */
    private void addLengths(QueryUnit query) {
        for (Parameter slot : query.perCpuParameters()) {
            slot.length().ifPresent(length -> {
                String field = slot.struct().lengthField().orElseThrow().name();
                assign(length, variable(slot.name() + "_" + field));
            });
        }
        for (Result result : query.results()) {
            if (isSized(result)) {
                capacities.put(result, variable(result.name() + "_capacity"));
            }
        }
    }

    private static boolean isSized(Result result) {
        return result.type() instanceof ArrayType array && array.sized();
    }

    /** How many elements a result has room for, if its length is known only when it is allocated what is folded. */
    public Optional<String> capacity(Result result) {
        return Optional.ofNullable(capacities.get(result));
    }

    private void addVariables(QueryUnit query) {
        Stream.of(query.before(), query.each(), query.after())
                .flatMap(List::stream)
                .forEach(step -> {
                    if (step instanceof QueryStep.Bind bind) {
                        assign(bind.local(), variable(bind.local().name()));
                    } else if (step instanceof QueryStep.Read read) {
                        // Where slots are read there are no results.
                        assign(
                                read.prepared(),
                                variableWithoutResults(read.prepared().name()));
                    }
                });
    }

    private void addMembers(QueryUnit query) {
        Set<String> folds = new HashSet<>();
        for (FoldedValue folded : query.folds()) {
            assign(folded.local(), FOLDS + member(folded.local().name(), folds));
        }
        Set<String> copied = new HashSet<>();
        for (SlotCopy copy : query.copies()) {
            for (Place place : copy.places()) {
                cells.put(place, member(place.lastField().orElseThrow(), copied));
            }
        }
    }

    private static String member(String name, Set<String> members) {
        String safe = NameKind.MEMBER.safe(name);
        String unique = safe;
        for (int i = 2; !members.add(unique); i++) {
            unique = numbered(safe, i);
        }
        return unique;
    }

    /** The member of the query's cells to which a place is copied. */
    public String cell(Place copied) {
        return Objects.requireNonNull(cells.get(copied));
    }

    /** The member of the query's folds. */
    public String member(FoldedValue folded) {
        return of(folded.local()).substring(FOLDS.length());
    }
}
