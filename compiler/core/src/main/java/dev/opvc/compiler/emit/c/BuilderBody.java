// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Prepared;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorPath;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The statements of a builder: preparation in the order of its steps, then the writes.
 *
 * <p>A cell gets its value right before the first operation that uses it. By then the checks on which its value depends
 * have been made, and the cells of all guards so far are there when preparation concludes something.
 */
final class BuilderBody {
    private static final String RANGE_ERROR = "-EINVAL";
    private static final String INDENT = "    ";

    private final UnitNames names;
    private final LocalNames locals;
    private final ExpressionRenderer expressions;
    private final AddressRenderer addresses;
    private final OperationRenderer operations;
    private final RangeCheckRenderer checks;
    private final Statements statements = new Statements();
    private final Set<String> filledCells = new HashSet<>();
    private int operationCount;

    private BuilderBody(UnitNames names, LocalNames locals) {
        this.names = names;
        this.locals = locals;
        this.expressions = new ExpressionRenderer(locals);
        this.addresses = new AddressRenderer(locals, expressions);
        this.operations = new OperationRenderer(locals, expressions);
        this.checks = new RangeCheckRenderer(expressions);
    }

    /** The lines between the builder's braces. */
    static List<String> lines(VectorUnit unit, UnitNames names, LocalNames locals) {
        VectorPath path = UnitShape.path(unit);
        BuilderBody body = new BuilderBody(names, locals);
        if (UnitShape.canConclude(unit)) {
            body.statements.add("*conclusion = 0;");
        }
        path.preparation().forEach(body::addStep);
        path.writes().forEach(body::addOperation);
        path.results().forEach(body::addResult);
        body.statements.add(body.returnCount());
        List<String> parameters = new ArrayList<>();
        parameters.add("ops");
        for (Parameter parameter : unit.parameters()) {
            parameters.add(locals.of(parameter));
        }
        return body.statements.lines(parameters);
    }

    private void addStep(Step step) {
        if (step instanceof Step.Bind bind) {
            String name = locals.of(bind.binding());
            statements.declare(CTypes.declare(bind.value().type(), name), name, expressions.render(bind.value()));
        } else if (step instanceof Step.Read read) {
            addRead(read);
        } else if (step instanceof Step.Check check) {
            addConclusion(checks.render(check.check()), RANGE_ERROR);
        } else if (step instanceof Step.Decide decide) {
            String outcome = names.enumerator(decide.outcome().name());
            addConclusion(expressions.render(decide.condition()), outcome);
        } else {
            addOperation(((Step.Guard) step).operation());
        }
    }

    /** The cell holds what was found, which the operation compares; the value is made of that. */
    private void addRead(Step.Read read) {
        Prepared prepared = read.prepared();
        Type type = prepared.type();
        CExpression cell = CExpression.primary("cells->" + locals.of(prepared));
        CExpression address = addresses.render(new Address.OfPlace(prepared.place()));
        statements.add(cell + " = " + RawBits.load(type, address) + ";");
        filledCells.add(cell.text());
        String name = locals.of(prepared);
        statements.declare(CTypes.declare(type, name), name, RawBits.value(type, cell));
        addOperation(read.validation());
    }

    private void addConclusion(CExpression condition, String conclusion) {
        statements.add(
                "if (" + CExpression.not(condition) + ") {",
                INDENT + "*conclusion = " + conclusion + ";",
                INDENT + returnCount(),
                "}");
    }

    private void addOperation(Operation operation) {
        List<String> lines = new ArrayList<>();
        for (Operation.Operand operand : operation.operands()) {
            if (operand.address() instanceof Address.OfCell cell) {
                fill(cell, operation.role(), lines);
            }
        }
        lines.addAll(operations.render(operation, operationCount));
        statements.add(lines);
        operationCount++;
    }

    /** What is copied to needs no value. */
    private void fill(Address.OfCell cell, Role role, List<String> lines) {
        CExpression place = addresses.cell(cell, role);
        if (role != Role.READ && filledCells.add(place.text())) {
            lines.add(place + " = " + expressions.render(cell.value()) + ";");
        }
    }

    private void addResult(ResultValue value) {
        if (value instanceof ResultValue.Computed computed) {
            statements.add(
                    "results->" + locals.of(value.result()) + " = " + expressions.render(computed.value()) + ";");
        }
    }

    private String returnCount() {
        return "return " + operationCount + ";";
    }
}
