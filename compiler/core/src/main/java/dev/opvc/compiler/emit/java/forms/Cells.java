// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.opvc.compiler.emit.java.expressions.ExpressionRenderer;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.vector.VectorPath;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cells of a path: made where their one operation names them, or before the first of several that do. */
final class Cells {
    private final Variables names;
    private final ExpressionRenderer expressions;
    private final Map<Integer, Result> results;
    private final Map<Integer, Long> uses;
    private final Map<Integer, String> addresses = new HashMap<>();

    Cells(VectorUnit unit, Variables variables, ExpressionRenderer expressions) {
        this.names = variables;
        this.expressions = expressions;
        this.results = new HashMap<>();
        this.uses = new HashMap<>();
        unit.paths().forEach(this::count);
    }

    private Cells(Cells other, Variables variables) {
        this.names = variables;
        expressions = other.expressions;
        results = other.results;
        uses = other.uses;
        addresses.putAll(other.addresses);
    }

    /** For a path that goes on from here by itself. */
    Cells branch(Variables ofBranch) {
        return new Cells(this, ofBranch);
    }

    private void count(VectorPath path) {
        List<Address.OfCell> copied = new ArrayList<>();
        for (ResultValue value : path.results()) {
            if (value instanceof ResultValue.Copied copy) {
                copied.add(copy.cell());
                results.put(copy.cell().number(), copy.result());
            }
        }
        Stream.concat(path.operations().stream().flatMap(operation -> inOperation(operation).stream()), copied.stream())
                .collect(Collectors.groupingBy(Address.OfCell::number, Collectors.counting()))
                .forEach((number, count) -> uses.merge(number, count, Math::max));
    }

    /** Declares the variable for a cell that a loading vector copies to, and in which the value is validated later. */
    CodeBlock declareLoaded(Step.Loaded loaded) {
        String variable = names.fresh(names.value(loaded.prepared()) + "Cell");
        addresses.put(loaded.cell().number(), variable);
        int size = Math.toIntExact(loaded.cell().value().type().size(Abi.LP64));
        names.declare(variable, TypeName.LONG);
        return CodeBlock.builder()
                .addStatement("long $L = $L.cell(0, $L)", variable, names.vector(), size)
                .build();
    }

    /** Declares the variables for the cells that an operation is the first of several to use. */
    CodeBlock declareFor(Operation operation) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (Address.OfCell cell : inOperation(operation)) {
            boolean shared = uses.getOrDefault(cell.number(), 0L) > 1;
            if (shared && !addresses.containsKey(cell.number())) {
                String variable = names.fresh(suggestion(cell));
                addresses.put(cell.number(), variable);
                names.declare(variable, TypeName.LONG);
                code.addStatement("long $L = $L", variable, make(cell));
            }
        }
        return code.build();
    }

    /** The address of a cell. */
    CodeBlock address(Address.OfCell cell) {
        String variable = addresses.get(cell.number());
        return variable == null ? make(cell) : CodeBlock.of("$L", variable);
    }

    private String suggestion(Address.OfCell cell) {
        Result result = results.get(cell.number());
        if (result != null) {
            return JavaNames.variable(result.name()) + "Cell";
        }
        if (cell.value() instanceof Value.OfPrepared value) {
            return names.value(value.prepared()) + "Cell";
        }
        return cell.value() instanceof Value.OfParameter value ? names.value(value.parameter()) + "Cell" : "cell";
    }

    /**
     * The address of the cell that validates what was read. Many bytes stand for one truth value: this cell has those
     * that were read, while one that is stored from has 0 or 1.
     */
    CodeBlock validation(Address.OfCell cell) {
        return cell.value() instanceof Value.OfPrepared value && value.type() == ScalarType.BOOL
                ? CodeBlock.of("$L.cell($L, $L)", names.vector(), names.bits(value.prepared()), Byte.BYTES)
                : address(cell);
    }

    private CodeBlock make(Address.OfCell cell) {
        return CodeBlock.of(
                "$L.cell($L, $L)",
                names.vector(),
                expressions.asBits(cell.value()),
                cell.value().type().size(Abi.LP64));
    }

    private static List<Address.OfCell> inOperation(Operation operation) {
        boolean ofTruthValue = operation.role() == Role.VALIDATE
                && operation.operands().get(1).address() instanceof Address.OfCell cell
                && cell.value().type() == ScalarType.BOOL;
        if (ofTruthValue) {
            return List.of();
        }
        return operation.operands().stream()
                .map(Operation.Operand::address)
                .filter(Address.OfCell.class::isInstance)
                .map(Address.OfCell.class::cast)
                .toList();
    }
}
