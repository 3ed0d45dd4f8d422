// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.InitialValue;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction or a raw vector, lowered.
 *
 * @param results what a transaction gives its caller when it commits, in the order declared
 * @param outcomes how a transaction can end without committing, by number; a raw vector has none
 * @param cells the memory that operations of any path find values in, by number
 * @param doc the documentation comment as written, with its delimiters
 */
public record VectorUnit(
        UnitKind kind,
        Identifier name,
        List<Parameter> parameters,
        List<Result> results,
        List<Outcome> outcomes,
        boolean outcomesDeclared,
        Block body,
        List<Address.OfCell> cells,
        @Nullable String doc)
        implements LoweredUnit {

    public VectorUnit {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
        outcomes = List.copyOf(outcomes);
        cells = List.copyOf(cells);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.vector(this);
    }

    /** The ways through it; at least one. */
    public List<VectorPath> paths() {
        return body.paths();
    }

    /** What its copies set structs and arrays back to, each once. */
    public List<InitialValue> initialValues() {
        return paths().stream()
                .flatMap(path -> path.operations().stream())
                .flatMap(operation -> operation.operands().stream())
                .map(Operation.Operand::address)
                .filter(Address.OfInitial.class::isInstance)
                .map(address -> ((Address.OfInitial) address).places().get(0).initialValue())
                .distinct()
                .toList();
    }

    /** Whether preparation reads memory on some path, so that it may have to be done again. */
    public boolean canRetry() {
        return paths().stream().anyMatch(VectorPath::canRetry);
    }
}
