// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.module;

import dev.opvc.compiler.ast.SourceUnit;
import dev.opvc.compiler.source.Span;
import java.util.List;

/**
 * A file with the files that it imports.
 *
 * @param path the path by which others import it, with {@code /} between its parts
 */
public record Module(SourceUnit unit, String path, List<Import> imports) {
    public Module {
        imports = List.copyOf(imports);
    }

    /** One import that was found: how and where it was written, and what it is. */
    public record Import(String path, Span span, Module module) {}
}
