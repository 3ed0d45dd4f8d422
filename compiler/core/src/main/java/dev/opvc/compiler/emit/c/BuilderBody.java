// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Step;
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
    private static final String PREPARE_AGAIN = "OPV_PREPARE_AGAIN";

    private final VectorUnit unit;
    private final UnitNames names;
    private final LocalNames locals;
    private final ExpressionRenderer expressions;
    private final AddressRenderer addresses;
    private final CellRenderer cells;
    private final OperationRenderer operations;
    private final RangeCheckRenderer checks;
    private final Statements statements = new Statements();

    /** A path as far as it is built. */
    private static final class Way {
        private final Set<String> filledCells = new HashSet<>();
        private int operationCount;

        Way branch() {
            Way branch = new Way();
            branch.filledCells.addAll(filledCells);
            branch.operationCount = operationCount;
            return branch;
        }
    }

    private BuilderBody(VectorUnit unit, UnitNames names, LocalNames locals) {
        this.unit = unit;
        this.names = names;
        this.locals = locals;
        this.expressions = new ExpressionRenderer(locals);
        this.addresses = expressions.addresses();
        this.cells = new CellRenderer(locals);
        this.operations = new OperationRenderer(locals, expressions);
        this.checks = new RangeCheckRenderer(expressions);
    }

    /** The lines between the builder's braces. */
    static List<String> lines(VectorUnit unit, UnitNames names, LocalNames locals) {
        BuilderBody body = new BuilderBody(unit, names, locals);
        if (UnitShape.hasPlan(unit)) {
            body.statements.add("opv_plan_begin(plan);");
        }
        body.add(unit.body(), new Way());
        List<String> parameters = new ArrayList<>();
        parameters.add("ops");
        for (Parameter parameter : unit.parameters()) {
            parameters.add(locals.of(parameter));
        }
        return body.statements.lines(parameters);
    }

    private void add(Block block, Way way) {
        block.steps().forEach(step -> addStep(step, way));
        if (block.end() instanceof Block.Commit commit) {
            commit.writes().forEach(operation -> addOperation(operation, way));
            commit.results().forEach(this::addResult);
            statements.add(returnCount(way));
            return;
        }
        Block.Choice choice = (Block.Choice) block.end();
        statements.open("if (" + expressions.render(choice.condition()) + ")");
        add(choice.then(), way.branch());
        statements.close();
        add(choice.otherwise(), way);
    }

    private void addStep(Step step, Way way) {
        if (step instanceof Step.Bind bind) {
            String name = locals.of(bind.local());
            statements.declare(
                    CTypes.declare(bind.value().type(), name),
                    name,
                    expressions.render(bind.value()));
        } else if (step instanceof Step.Check check) {
            addConclusion(checks.render(check.check()), RANGE_ERROR, way);
        } else if (step instanceof Step.Decide decide) {
            addConclusion(expressions.render(decide.condition()), outcome(decide.outcome()), way);
        } else if (step instanceof Step.Guard guard) {
            addCondition(guard.operation(), outcome(guard.outcome()), way);
        } else if (step instanceof Step.Load load) {
            addLoad(load, way);
        } else {
            Step.Read read = (Step.Read) step;
            CExpression address =
                    addresses.render(new Address.OfPlace(read.prepared().place()));
            statements.add(
                    cell(read.prepared()) + " = " + RawBits.load(read.prepared().type(), address) + ";");
            addPrepared(read.prepared(), read.validation(), way);
        }
    }

    private String outcome(Outcome outcome) {
        return names.enumerator(outcome.name());
    }

    private CExpression cell(Prepared prepared) {
        return CExpression.primary("cells->" + locals.of(prepared));
    }

    /** The cell holds what was found, which the operation compares; the value is made of that. */
    private void addPrepared(Prepared prepared, Operation.Compare validation, Way way) {
        Type type = prepared.type();
        CExpression cell = cell(prepared);
        way.filledCells.add(cell.text());
        String name = locals.of(prepared);
        statements.declare(CTypes.declare(type, name), name, RawBits.value(type, cell));
        addCondition(validation, PREPARE_AGAIN, way);
    }

    /** The copies stand where the operations that come next will stand. */
    private void addLoad(Step.Load load, Way way) {
        int count = way.operationCount;
        for (Step.Loaded value : load.values()) {
            statements.add(operations.render(value.copy(), count));
            count++;
        }
        statements.add("if (!opv_load_cells(ops, " + count + ", plan, cpu))", Statements.INDENT + "return 0;");
        load.values().forEach(value -> addPrepared(value.prepared(), value.validation(), way));
    }

    private void addCondition(Operation operation, String stop, Way way) {
        addOperation(operation, way);
        statements.add("opv_plan_stop(plan, " + stop + ");");
    }

    private void addConclusion(CExpression condition, String conclusion, Way way) {
        statements.open("if (" + CExpression.not(condition) + ")");
        statements.add("plan->conclusion = " + conclusion + ";", returnCount(way));
        statements.close();
    }

    private void addOperation(Operation operation, Way way) {
        List<String> lines = new ArrayList<>();
        for (Operation.Operand operand : operation.operands()) {
            if (operand.address() instanceof Address.OfCell cell) {
                fill(cell, operation.role(), lines, way);
            }
        }
        lines.addAll(operations.render(operation, way.operationCount));
        statements.add(lines);
        way.operationCount++;
    }

    /** What is copied to needs no value. */
    private void fill(Address.OfCell cell, Role role, List<String> lines, Way way) {
        CExpression place = cells.render(cell, role);
        if (role != Role.READ && way.filledCells.add(place.text())) {
            lines.add(place + " = " + expressions.render(cell.value()) + ";");
        }
    }

    /** A result that the vector copies on another path has its cell on this one too. */
    private void addResult(ResultValue value) {
        if (!(value instanceof ResultValue.Computed computed)) {
            return;
        }
        CExpression text = expressions.render(computed.value());
        String name = locals.of(value.result());
        statements.add(
                UnitShape.isCopied(value.result(), unit)
                        ? "cells->" + name + " = " + RawBits.held(value.result().type(), text) + ";"
                        : "results->" + name + " = " + text + ";");
    }

    private static String returnCount(Way way) {
        return "return " + way.operationCount + ";";
    }
}
