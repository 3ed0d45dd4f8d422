// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers see of a unit, whatever it does. */
public sealed interface LoweredUnit permits VectorUnit, QueryUnit {
    /** Dispatches on the kind of unit. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of unit.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R vector(VectorUnit vector);

        R query(QueryUnit query);
    }

    UnitKind kind();

    Identifier name();

    List<Parameter> parameters();

    /** What it gives its caller, in the order declared. */
    List<Result> results();

    /** The documentation comment as written, with its delimiters. */
    @Nullable
    String doc();

    /** The parameters that stand for slots. */
    default List<Parameter> perCpuParameters() {
        return parameters().stream().filter(Parameter::perCpu).toList();
    }
}
