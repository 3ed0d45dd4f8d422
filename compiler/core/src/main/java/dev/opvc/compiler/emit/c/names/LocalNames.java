// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.names;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.Prepared;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The names of what a unit's functions have their values in, and which of them are taken. */
public abstract class LocalNames implements ValueNames {
    private static final String MARK = "_";

    private final NameKind kind;
    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();
    private final Set<String> functions;

    /** Names of parameters, and of variables of any function. */
    private final Set<String> taken = new HashSet<>();

    private final Set<String> resultNames = new HashSet<>();

    /** The variables that belong to a path, with their types. */
    private final Map<String, String> pathVariables = new HashMap<>();

    /** @param functions those of the header, which a local name would hide from calls */
    LocalNames(NameKind kind, Set<String> functions) {
        this.kind = kind;
        this.functions = functions;
    }

    /** Names parameters and results, and reports which of them would have one name. */
    final void addInterface(LoweredUnit unit, Diagnostics diagnostics) {
        NameScope scope = new NameScope(diagnostics);
        for (Parameter parameter : unit.parameters()) {
            add(parameter, parameter.identifier(), "parameter ", scope, taken);
            parameter.length().ifPresent(length -> names.put(length, given(parameter)));
        }
        for (Result result : unit.results()) {
            add(result, result.identifier(), "result ", scope, resultNames);
        }
    }

    /** How many elements the array at the end of a parameter's slots has: what the slot at hand says. */
    private String given(Parameter slot) {
        return of(slot) + "->" + CNames.member(slot.struct().lengthField().orElseThrow());
    }

    private void add(Object owner, Identifier identifier, String description, NameScope scope, Set<String> among) {
        String name = free(kind.safe(identifier.text()));
        among.add(name);
        names.put(owner, name);
        scope.claim(name, identifier, description + identifier);
    }

    /** Says what has a value. */
    public final void assign(Object value, String name) {
        names.put(value, name);
    }

    /** A name for a variable, which no parameter, result or other variable has, in whatever function. */
    public final String variable(String name) {
        return unique(name, resultNames);
    }

    /** A name for a variable of a function that has no results. */
    final String variableWithoutResults(String name) {
        return unique(name, Set.of());
    }

    /**
     * A name for a variable that no parameter, no result and no other variable of its path has. Variables of other
     * paths have the same name where they have the same type, so that paths that do the same read the same.
     *
     * @param path the names of the path's variables so far, to which it is added
     */
    final String variable(String name, String type, Set<String> path) {
        String safe = free(kind.safe(name));
        String unique = safe;
        for (int i = 2; isOfInterface(unique) || path.contains(unique) || isOfAnotherType(unique, type); i++) {
            unique = free(numbered(safe, i));
        }
        path.add(unique);
        pathVariables.put(unique, type);
        return unique;
    }

    private boolean isOfInterface(String name) {
        return taken.contains(name) || resultNames.contains(name);
    }

    private boolean isOfAnotherType(String name, String type) {
        return !type.equals(pathVariables.getOrDefault(name, type));
    }

    /** Whether something beside cells has a name. */
    final boolean isTaken(String name) {
        return isOfInterface(name) || pathVariables.containsKey(name);
    }

    private String unique(String name, Set<String> others) {
        String safe = free(kind.safe(name));
        String unique = safe;
        for (int i = 2; others.contains(unique) || !taken.add(unique); i++) {
            unique = free(numbered(safe, i));
        }
        return unique;
    }

    /** One of several things that would have one name. */
    static String numbered(String name, int number) {
        return name.endsWith(MARK) ? name + number : name + MARK + number;
    }

    private String free(String name) {
        return functions.contains(name) ? name + MARK : name;
    }

    @Override
    public final String of(Parameter parameter) {
        return name(parameter);
    }

    @Override
    public final String of(Local local) {
        return name(local);
    }

    @Override
    public final String of(Prepared prepared) {
        return name(prepared);
    }

    public final String of(Result result) {
        return name(result);
    }

    private String name(Object value) {
        return Objects.requireNonNull(names.get(value));
    }
}
