// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Declaration.StructDeclaration;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.StructType;

/** A struct, whose type is known by name before it is defined. */
final class StructEntry extends Resolution.Entry {
    private final StructDeclaration declaration;
    private final StructType type;

    StructEntry(StructDeclaration declaration, StructType type) {
        this.declaration = declaration;
        this.type = type;
    }

    @Override
    Identifier name() {
        return declaration.name();
    }

    StructDeclaration declaration() {
        return declaration;
    }

    StructType type() {
        return type;
    }
}
