// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import dev.opvc.compiler.json.Json;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.VectorPath;
import dev.opvc.compiler.vector.VectorProgram;
import dev.opvc.compiler.vector.VectorSize;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file's vectors for tools.
 *
 * <p>One object with the members {@code file} and {@code units}; a unit has {@code name}, {@code kind} and
 * {@code paths}; a path {@code when}, {@code ops}, {@code opCount}, {@code dataLength} and {@code maxPages}, and
 * {@code loads} with those four but {@code when} for each loading vector, if there are any; an
 * operation {@code op}, {@code len}, {@code operands}, {@code expectFault} (the names of operands) and {@code role}, and
 * {@code lenMax: true} where {@code len} is the most that a parameter can be. Lengths are bytes. The one path of a query
 * is the vector that reads the slots of one CPU.
 */
public final class ExplainJson {
    private ExplainJson() {}

    /** The object, with an end of line. */
    public static String render(VectorProgram program, Abi abi) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("file", program.file().name());
        file.put(
                "units",
                program.allUnits().stream().map(unit -> unit(unit, abi)).toList());
        return Json.pretty(file) + "\n";
    }

    private static Map<String, Object> unit(LoweredUnit unit, Abi abi) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", unit.name().text());
        members.put("kind", unit.kind().keyword());
        members.put("paths", unit.match(new LoweredUnit.Cases<>() {
            @Override
            public List<Map<String, Object>> vector(VectorUnit vector) {
                return vector.paths().stream()
                        .map(path -> path(path, new OpvText(abi, PathNames.of(path, vector.parameters()))))
                        .toList();
            }

            @Override
            public List<Map<String, Object>> query(QueryUnit query) {
                return List.of(path(query, new OpvText(abi)));
            }
        }));
        return members;
    }

    private static Map<String, Object> path(VectorPath path, OpvText opv) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("when", String.join(" && ", path.when()));
        List<List<Operation>> loads = path.loads();
        if (!loads.isEmpty()) {
            members.put("loads", loads.stream().map(load -> load(load, opv)).toList());
        }
        vector(path.operations(), opv, members);
        return members;
    }

    private static Map<String, Object> path(QueryUnit query, OpvText opv) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("when", "");
        vector(query.operations(), opv, members);
        return members;
    }

    private static Map<String, Object> load(List<Operation> operations, OpvText opv) {
        Map<String, Object> members = new LinkedHashMap<>();
        vector(operations, opv, members);
        return members;
    }

    private static void vector(List<Operation> operations, OpvText opv, Map<String, Object> members) {
        VectorSize size = VectorSize.of(operations, opv.abi());
        members.put(
                "ops",
                operations.stream().map(operation -> operation(operation, opv)).toList());
        members.put("opCount", size.opCount());
        members.put("dataLength", size.dataLength());
        members.put("maxPages", size.maxPages());
    }

    private static Map<String, Object> operation(Operation operation, OpvText opv) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("op", operation.code().constant());
        members.put("len", operation.length().max(opv.abi()));
        if (!operation.length().isKnown()) {
            members.put("lenMax", true);
        }
        members.put("operands", OperandTexts.of(operation, opv));
        members.put(
                "expectFault",
                operation.operands().stream()
                        .filter(Operation.Operand::expectFault)
                        .map(Operation.Operand::name)
                        .toList());
        members.put("role", operation.role().label());
        return members;
    }
}
