// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.ast;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.source.SourceFile;
import dev.opvc.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file.
 *
 * @param packageName the parts of the package's name; empty where the file names none
 * @param prefix what its names in C begin with; null where the file says nothing about that
 * @param complete false if something at the top level could not be parsed, so that names may be missing
 */
public record SourceUnit(
        SourceFile file,
        List<Identifier> packageName,
        @Nullable Identifier prefix,
        List<ImportDeclaration> imports,
        List<Declaration> declarations,
        boolean complete) {

    public SourceUnit {
        packageName = List.copyOf(packageName);
        imports = List.copyOf(imports);
        declarations = List.copyOf(declarations);
    }

    /** {@code import "path";} */
    public record ImportDeclaration(String path, Span span) {}
}
