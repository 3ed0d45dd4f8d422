// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.ast.Identifier;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.IdentityHashMap;
import java.util.Objects;

/** The names of a unit's parameters and bindings in its functions. */
final class LocalNames {
    private static final String MARK = "_";

    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();
    private final NameScope fileScope;
    private final NameScope scope;

    private LocalNames(NameScope fileScope, Diagnostics diagnostics) {
        this.fileScope = fileScope;
        this.scope = new NameScope(diagnostics);
    }

    /** Names all of them, and reports which would have one name. */
    static LocalNames of(VectorUnit unit, NameScope fileScope, Diagnostics diagnostics) {
        LocalNames locals = new LocalNames(fileScope, diagnostics);
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

    private void add(Object owner, Identifier identifier, String kind) {
        String safe = NameKind.LOCAL.safe(identifier.text());
        String name = fileScope.contains(safe) ? safe + MARK : safe;
        names.put(owner, name);
        scope.claim(name, identifier, kind + identifier);
    }
}
