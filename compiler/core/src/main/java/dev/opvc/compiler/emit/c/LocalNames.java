// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The names of a unit's parameters and bindings in its functions. */
final class LocalNames extends ValueNames {
    private static final String MARK = "_";
    private static final String CELL = "cell";

    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();
    private final Map<Integer, Result> copied = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Set<String> functions;
    private final NameScope scope;

    private LocalNames(Set<String> functions, Diagnostics diagnostics) {
        this.functions = functions;
        this.scope = new NameScope(diagnostics);
    }

    /**
     * Names all of them, and reports which parameters and results would have one name. Values have names of the source
     * where these are free, and else numbered ones: the same name may stand for several.
     *
     * @param functions those of the header, which a local name would hide from calls
     */
    static LocalNames of(VectorUnit unit, Set<String> functions, Diagnostics diagnostics) {
        LocalNames locals = new LocalNames(functions, diagnostics);
        for (Parameter parameter : unit.parameters()) {
            locals.add(parameter, parameter.identifier(), "parameter ");
        }
        for (Result result : unit.results()) {
            locals.add(result, result.identifier(), "result ");
        }
        locals.add(unit.body());
        return locals;
    }

    private void add(Block block) {
        for (Step step : block.steps()) {
            if (step instanceof Step.Bind bind) {
                addValue(bind.local(), bind.local().name());
            }
            step.reads().forEach(prepared -> addValue(prepared, prepared.name()));
        }
        if (block.end() instanceof Block.Choice choice) {
            add(choice.then());
            add(choice.otherwise());
            return;
        }
        for (ResultValue value : ((Block.Commit) block.end()).results()) {
            if (value instanceof ResultValue.Copied copy) {
                copied.put(copy.cell().number(), copy.result());
            }
        }
    }

    @Override
    String of(Parameter parameter) {
        return Objects.requireNonNull(names.get(parameter));
    }

    @Override
    String of(Local local) {
        return Objects.requireNonNull(names.get(local));
    }

    @Override
    String of(Prepared prepared) {
        return Objects.requireNonNull(names.get(prepared));
    }

    String of(Result result) {
        return Objects.requireNonNull(names.get(result));
    }

    /** The member of the unit's cells for a value: called like the value if that has a name. */
    String of(Address.OfCell cell) {
        Result result = copied.get(cell.number());
        if (result != null) {
            return of(result);
        }
        if (cell.value() instanceof Value.OfParameter value) {
            return of(value.parameter());
        }
        if (cell.value() instanceof Value.OfPrepared value) {
            return of(value.prepared());
        }
        return cell.value() instanceof Value.OfLocal value ? of(value.local()) : CELL + cell.number();
    }

    /**
     * The member for a truth value that is stored, while {@link #of(Address.OfCell)} holds the byte that was read and is
     * validated: many bytes are true, and one of them is written.
     */
    String ofNormalized(Address.OfCell cell) {
        return CELL + cell.number();
    }

    private void addValue(Object owner, String name) {
        String safe = free(NameKind.LOCAL.safe(name));
        String unique = safe;
        for (int i = 2; !taken.add(unique); i++) {
            unique = free(safe.endsWith(MARK) ? safe + i : safe + MARK + i);
        }
        names.put(owner, unique);
    }

    private String free(String name) {
        return functions.contains(name) ? name + MARK : name;
    }

    private void add(Object owner, Identifier identifier, String kind) {
        String name = free(NameKind.LOCAL.safe(identifier.text()));
        taken.add(name);
        names.put(owner, name);
        scope.claim(name, identifier, kind + identifier);
    }
}
