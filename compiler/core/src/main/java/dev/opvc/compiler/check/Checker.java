// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Declaration;
import dev.opvc.compiler.ast.Declaration.ConstDeclaration;
import dev.opvc.compiler.ast.Declaration.StructDeclaration;
import dev.opvc.compiler.ast.Declaration.TableDeclaration;
import dev.opvc.compiler.ast.Declaration.UnitDeclaration;
import dev.opvc.compiler.ast.SourceUnit;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Program;
import dev.opvc.compiler.model.QueryDefinition;
import dev.opvc.compiler.model.Table;
import dev.opvc.compiler.model.UnitDefinition;
import dev.opvc.compiler.module.Module;
import dev.opvc.compiler.module.Module.Import;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Links and types files. One checker serves a whole run, so that a struct imported twice is one struct. */
public final class Checker {
    private final Diagnostics diagnostics;
    private final IdentityHashMap<SourceUnit, Definitions> checked = new IdentityHashMap<>();

    public Checker(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Checks a file, and the definitions of the files that it imports. */
    public Program check(Module module) {
        SourceUnit unit = module.unit();
        Definitions definitions = definitions(module);
        Names names = new Names(diagnostics);
        unit.packageName().forEach(names::value);
        if (unit.prefix() != null) {
            names.value(unit.prefix());
        }
        Units units = new Units(definitions);
        unit.declarations().forEach(declaration -> declaration.match(units));
        List<Table> tables = definitions.tables();
        return new Program(
                unit.file(),
                module.path(),
                definitions.namespace(),
                module.imports().stream().map(Import::path).toList(),
                definitions.constantDefinitions(),
                tables,
                definitions.structTypes(),
                units.units,
                units.queries);
    }

    private Definitions definitions(Module module) {
        Definitions known = checked.get(module.unit());
        if (known != null) {
            return known;
        }
        List<Definitions.Imported> imports = module.imports().stream()
                .map(each -> new Definitions.Imported(definitions(each.module()), each.span()))
                .toList();
        Definitions definitions = new Definitions(module.unit(), imports, diagnostics);
        checked.put(module.unit(), definitions);
        definitions.resolveAll();
        return definitions;
    }

    /** Checks what a file defines to be called. Structs and constants are checked where they are resolved. */
    private final class Units implements Declaration.Cases<Void> {
        private final Definitions definitions;
        private final List<UnitDefinition> units = new ArrayList<>();
        private final List<QueryDefinition> queries = new ArrayList<>();

        Units(Definitions definitions) {
            this.definitions = definitions;
        }

        @Override
        public Void constant(ConstDeclaration constant) {
            return null;
        }

        @Override
        public Void table(TableDeclaration table) {
            return null;
        }

        @Override
        public Void struct(StructDeclaration struct) {
            return null;
        }

        @Override
        public Void unit(UnitDeclaration unit) {
            switch (unit.kind()) {
                case TRANSACTION, VECTOR ->
                    new UnitChecker(definitions, diagnostics).check(unit).ifPresent(units::add);
                case QUERY, DRAIN ->
                    new QueryChecker(unit.kind(), definitions, diagnostics)
                            .check(unit)
                            .ifPresent(queries::add);
            }
            return null;
        }
    }
}
