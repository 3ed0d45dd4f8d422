// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.names;

import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.QueryResult;
import dev.opvc.compiler.vector.QueryUnit;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of the fields that the object for a unit's results has beside the results. */
public final class HolderNames {
    private static final String SPARE_PREFIX = "next_";
    private static final String LENGTH_SUFFIX = "_LENGTH";
    private static final String ESCAPE = "_";

    private HolderNames() {}

    /** The field for the array that the next call of a query folds into. */
    public static String spare(QueryUnit query, FoldedValue folded) {
        for (QueryResult value : query.values()) {
            if (value instanceof QueryResult.Array array && array.folded() == folded) {
                return spare(query, array.result());
            }
        }
        throw new IllegalArgumentException("folded for no result");
    }

    /** The same by the result that it becomes. */
    public static String spare(QueryUnit query, Result result) {
        Set<String> taken = query.results().stream()
                .map(each -> JavaNames.result(each.name()))
                .collect(Collectors.toSet());
        String name = JavaNames.variable(SPARE_PREFIX + result.name());
        while (taken.contains(name)) {
            name += ESCAPE;
        }
        return name;
    }

    /** The method that tells the number of elements of a result, where it can be any. */
    public static String lengthMethod(Result result) {
        return JavaNames.variable(result.name() + "_length");
    }

    /** The constant for the number of elements of a result. */
    public static String length(Result result) {
        return JavaNames.constant(result.name()) + LENGTH_SUFFIX;
    }
}
