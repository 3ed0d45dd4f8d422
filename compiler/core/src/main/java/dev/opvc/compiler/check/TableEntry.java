// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Declaration.TableDeclaration;
import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Table;
import dev.opvc.compiler.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table, and its values once they are known. */
final class TableEntry extends Resolution.Entry {
    private final TableDeclaration declaration;
    private Optional<Table> table = Optional.empty();

    TableEntry(TableDeclaration declaration) {
        this.declaration = declaration;
    }

    @Override
    Identifier name() {
        return declaration.name();
    }

    /** Empty as long as it is not known, and if it is in error. */
    Optional<Table> table() {
        return table;
    }

    void define(Definitions definitions, Diagnostics diagnostics) {
        if (declaration.broken()) {
            return;
        }
        Optional<Type> element = definitions.named(declaration.element());
        if (element.isPresent() && !(element.get() instanceof ScalarType)) {
            diagnostics.report(Diagnostic.at(
                            declaration.element().span(),
                            DiagnosticCode.BAD_TYPE,
                            "a table holds numbers or truth values, not `" + element.get() + "`")
                    .help("make it several tables with the same indices"));
            return;
        }
        element.ifPresent(type -> define((ScalarType) type, definitions, diagnostics));
    }

    private void define(ScalarType element, Definitions definitions, Diagnostics diagnostics) {
        ExpressionChecker expressions = new ExpressionChecker(definitions, Scope.empty(), diagnostics);
        List<Expr.Constant> values = new ArrayList<>();
        for (Expression expression : declaration.values()) {
            expressions.constantOf(expression, element).ifPresent(values::add);
        }
        if (values.size() == declaration.values().size()) {
            table = Optional.of(
                    new Table(declaration.name(), definitions.namespace(), element, values, declaration.doc()));
        }
    }
}
