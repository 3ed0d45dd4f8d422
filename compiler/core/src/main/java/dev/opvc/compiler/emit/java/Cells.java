// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.VectorPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cells of a path: made where their one operation names them, or before the first of several that do. */
final class Cells {
    private final Locals locals;
    private final ExpressionRenderer expressions;
    private final List<ResultValue> results;
    private final Map<Integer, Long> uses;
    private final Map<Integer, String> variables = new HashMap<>();

    Cells(VectorPath path, Locals locals, ExpressionRenderer expressions) {
        this.locals = locals;
        this.expressions = expressions;
        this.results = path.results();
        this.uses = Stream.concat(
                        path.operations().stream().flatMap(operation -> inOperation(operation).stream()), results(path))
                .collect(Collectors.groupingBy(Address.OfCell::number, Collectors.counting()));
    }

    private static Stream<Address.OfCell> results(VectorPath path) {
        return path.results().stream()
                .filter(ResultValue.Copied.class::isInstance)
                .map(value -> ((ResultValue.Copied) value).cell());
    }

    /** Declares the variables for the cells that an operation is the first of several to use. */
    CodeBlock declareFor(Operation operation) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (Address.OfCell cell : inOperation(operation)) {
            boolean shared = uses.getOrDefault(cell.number(), 0L) > 1;
            if (shared && !variables.containsKey(cell.number())) {
                String variable = locals.fresh(suggestion(cell));
                variables.put(cell.number(), variable);
                code.addStatement("long $L = $L", variable, make(cell));
            }
        }
        return code.build();
    }

    /** The address of a cell. */
    CodeBlock address(Address.OfCell cell) {
        String variable = variables.get(cell.number());
        return variable == null ? make(cell) : CodeBlock.of("$L", variable);
    }

    private String suggestion(Address.OfCell cell) {
        for (ResultValue value : results) {
            if (value instanceof ResultValue.Copied copied && copied.cell().equals(cell)) {
                return JavaNames.variable(copied.result().name()) + "Cell";
            }
        }
        if (cell.value() instanceof Expr.PreparedValue value) {
            return locals.value(value.prepared()) + "Cell";
        }
        return cell.value() instanceof Expr.ParameterValue value ? locals.value(value.parameter()) + "Cell" : "cell";
    }

    /**
     * The address of the cell that validates what was read. Many bytes stand for one truth value: this cell has those
     * that were read, while one that is stored from has 0 or 1.
     */
    CodeBlock validation(Address.OfCell cell) {
        return cell.value() instanceof Expr.PreparedValue value && value.type() == ScalarType.BOOL
                ? CodeBlock.of("$L.cell($L, $L)", locals.vector(), locals.bits(value.prepared()), Byte.BYTES)
                : address(cell);
    }

    private CodeBlock make(Address.OfCell cell) {
        return CodeBlock.of(
                "$L.cell($L, $L)",
                locals.vector(),
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
