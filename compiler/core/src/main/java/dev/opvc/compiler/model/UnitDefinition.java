// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.language.UnitKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction or a raw vector that is well typed.
 *
 * @param outcomesDeclared whether its author has listed them, so that its callers are told which one it was even where
 *     there is one
 * @param doc the documentation comment as written, with its delimiters
 */
public record UnitDefinition(
        UnitKind kind,
        Identifier name,
        List<Parameter> parameters,
        List<Result> results,
        List<Outcome> outcomes,
        boolean outcomesDeclared,
        List<Stmt> body,
        @Nullable String doc) {
    public UnitDefinition {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
        outcomes = List.copyOf(outcomes);
        body = List.copyOf(body);
    }
}
