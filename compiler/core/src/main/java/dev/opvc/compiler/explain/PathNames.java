// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the values of a path are called, so that no two have one name. A place that is written several times has a value
 * after each write, all named after the place: the second is {@code count'}, the third {@code count''}, as no name of
 * the language can be.
 */
final class PathNames {
    /** Names as they were given, where there is no path. */
    static final PathNames AS_GIVEN = new PathNames();

    private static final String NEXT = "'";

    private final Map<Local, String> locals = new HashMap<>();
    private final Map<Address.OfCell, String> results = new HashMap<>();

    private PathNames() {}

    static PathNames of(VectorPath path, List<Parameter> parameters) {
        PathNames names = new PathNames();
        Set<String> taken = new HashSet<>();
        parameters.forEach(parameter -> taken.add(parameter.name()));
        for (ResultValue value : path.results()) {
            names.result(value, taken);
        }
        for (Step step : path.preparation()) {
            if (step instanceof Step.Bind bind) {
                names.local(bind.local(), taken);
            }
        }
        return names;
    }

    private void result(ResultValue value, Set<String> taken) {
        Result result = value.result();
        taken.add(result.name());
        if (value instanceof ResultValue.Copied copied) {
            results.put(copied.cell(), result.name());
        }
    }

    private void local(Local local, Set<String> taken) {
        String name = local.name();
        while (!taken.add(name)) {
            name += NEXT;
        }
        locals.put(local, name);
    }

    String of(Local local) {
        return locals.getOrDefault(local, local.name());
    }

    /** The result that is copied to a cell, if that is what the cell is for. */
    Optional<String> result(Address.OfCell cell) {
        return Optional.ofNullable(results.get(cell));
    }
}
