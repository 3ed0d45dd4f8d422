// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Declaration.ConstDeclaration;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.ConstantDefinition;
import dev.opvc.compiler.model.ConstantValue;
import java.util.Optional;

/** A constant, and its value once that is known. */
final class ConstantEntry extends Resolution.Entry {
    private final ConstDeclaration declaration;
    private Optional<ConstantValue> value = Optional.empty();

    ConstantEntry(ConstDeclaration declaration) {
        this.declaration = declaration;
    }

    @Override
    Identifier name() {
        return declaration.name();
    }

    /** Empty as long as it is not known, and if it is in error. */
    Optional<ConstantValue> value() {
        return value;
    }

    Optional<ConstantDefinition> definition() {
        return value.map(known -> new ConstantDefinition(declaration.name(), known, declaration.doc()));
    }

    void define(Definitions definitions, Diagnostics diagnostics) {
        if (declaration.broken()) {
            return;
        }
        value = new ExpressionChecker(definitions, Scope.empty(), diagnostics).constant(declaration.value());
        if (value.orElse(null) instanceof ConstantValue.NullValue) {
            diagnostics.report(Diagnostic.at(
                            declaration.value().span(),
                            DiagnosticCode.BAD_TYPE,
                            "a constant is a number or a truth value")
                    .help("write `null` where it is needed"));
            value = Optional.empty();
        }
    }
}
