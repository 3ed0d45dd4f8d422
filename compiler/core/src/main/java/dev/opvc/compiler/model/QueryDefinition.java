// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.language.UnitKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query or drain whose names are resolved and whose expressions are typed. Each result is assigned once; an array is assigned a
 * fold of an array field.
 *
 * @param kind one that folds
 * @param body bindings and assignments of results, nothing else
 * @param doc the documentation comment as written, with its delimiters
 */
public record QueryDefinition(
        UnitKind kind,
        Identifier name,
        List<Parameter> parameters,
        List<Result> results,
        List<Stmt> body,
        @Nullable String doc) {
    public QueryDefinition {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
        body = List.copyOf(body);
    }
}
