// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.ast.Identifier;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;

/** The names of a unit's parameters and bindings in its functions. */
final class LocalNames {
    private static final String MARK = "_";
    private static final String CELL = "cell";

    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();
    private final Set<String> functions;
    private final NameScope scope;

    private LocalNames(Set<String> functions, Diagnostics diagnostics) {
        this.functions = functions;
        this.scope = new NameScope(diagnostics);
    }

    /**
     * Names all of them, and reports which would have one name.
     *
     * @param functions those of the header, which a local name would hide from calls
     */
    static LocalNames of(VectorUnit unit, Set<String> functions, Diagnostics diagnostics) {
        LocalNames locals = new LocalNames(functions, diagnostics);
        for (Parameter parameter : unit.parameters()) {
            locals.add(parameter, parameter.identifier(), "parameter ");
        }
        for (Step step : UnitShape.path(unit).preparation()) {
            if (step instanceof Step.Bind bind) {
                locals.add(bind.binding(), bind.binding().identifier(), "let ");
            }
        }
        return locals;
    }

    String of(Parameter parameter) {
        return Objects.requireNonNull(names.get(parameter));
    }

    String of(Binding binding) {
        return Objects.requireNonNull(names.get(binding));
    }

    /** The member of the unit's cells for a value: called like the value if that has a name. */
    String of(Address.OfCell cell) {
        if (cell.value() instanceof Expr.ParameterValue value) {
            return of(value.parameter());
        }
        return cell.value() instanceof Expr.BindingValue value ? of(value.binding()) : CELL + cell.number();
    }

    private void add(Object owner, Identifier identifier, String kind) {
        String safe = NameKind.LOCAL.safe(identifier.text());
        String name = functions.contains(safe) ? safe + MARK : safe;
        names.put(owner, name);
        scope.claim(name, identifier, kind + identifier);
    }
}
