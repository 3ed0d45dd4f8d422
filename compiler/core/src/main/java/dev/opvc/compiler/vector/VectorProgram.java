// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.ConstantDefinition;
import dev.opvc.compiler.model.Namespace;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Table;
import dev.opvc.compiler.source.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One file, lowered: all that an emitter needs.
 *
 * @param path the file's path as others import it, with {@code /} between its parts; it ends in {@code .opv}
 * @param namespace the package and the prefix of its names
 * @param tables those of the file, and those of imported files that it uses
 * @param imports the paths of the files that it imports, as written, relative to its own folder or an import folder
 */
public record VectorProgram(
        SourceFile file,
        String path,
        Namespace namespace,
        List<String> imports,
        List<ConstantDefinition> constants,
        List<Table> tables,
        List<StructType> structs,
        List<VectorUnit> units,
        List<QueryUnit> queries) {
    public VectorProgram {
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

    /** Transactions, raw vectors and queries, in the order of the source. */
    public List<LoweredUnit> allUnits() {
        List<LoweredUnit> all = new ArrayList<>(units);
        all.addAll(queries);
        all.sort(Comparator.comparing(unit -> unit.name().span()));
        return List.copyOf(all);
    }
}
