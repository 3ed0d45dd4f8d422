// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.source.SourceFile;
import java.util.List;

/**
 * One file, linked and typed.
 *
 * @param path the file's path as others import it
 * @param namespace the package and the prefix of its names
 * @param tables those of the file, and those of imported files that it uses
 * @param imports the paths of the files that it imports, as written
 * @param units the transactions and raw vectors that are right; what is wrong with others has been reported
 * @param queries those that are right
 */
public record Program(
        SourceFile file,
        String path,
        Namespace namespace,
        List<String> imports,
        List<ConstantDefinition> constants,
        List<Table> tables,
        List<StructType> structs,
        List<UnitDefinition> units,
        List<QueryDefinition> queries) {
    public Program {
        imports = List.copyOf(imports);
        constants = List.copyOf(constants);
        tables = List.copyOf(tables);
        structs = List.copyOf(structs);
        units = List.copyOf(units);
        queries = List.copyOf(queries);
    }

    /** Its package, with dots; empty if the file names none. */
    public String packageName() {
        return namespace.packageName();
    }
}
