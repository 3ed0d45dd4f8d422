// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.text.FunctionText;
import dev.opvc.compiler.emit.c.text.Numbering;
import dev.opvc.compiler.emit.c.text.Statements;
import dev.opvc.compiler.emit.c.types.RawBits;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements of a builder: preparation in the order of its steps, then the writes.
 *
 * <p>A cell gets its value right before the first operation that uses it. By then the checks on which its value depends
 * have been made, and the cells of all guards so far are there when preparation concludes something.
 */
final class BuilderBody extends FormBody<BuilderPath> {
    private static final String RETURN_COUNT = "return " + Numbering.relative(0) + ";";

    private final UnitCells cells;
    private final OperationRenderer operations;
    private final Results results = new Results();

    private BuilderBody(NamedUnit named) {
        super(named);
        this.cells = new UnitCells(named);
        this.operations = new OperationRenderer(expressions, cells);
    }

    /** The builder, behind the functions that it calls. */
    static List<FunctionText> functions(NamedUnit named, List<String> parameters) {
        BuilderBody body = new BuilderBody(named);
        if (named.shape().hasPlan()) {
            body.statements.add("opv_plan_begin(plan);");
        }
        return body.functions(new BuilderPath(), named.names().builder(), parameters);
    }

    @Override
    BuilderPath branch(BuilderPath path) {
        return path.branch();
    }

    @Override
    public void read(Step.Read read, BuilderPath path) {
        Prepared prepared = read.prepared();
        CExpression found = RawBits.load(prepared.type(), addresses.render(prepared.place()));
        statements.add(cells.member(prepared) + " = " + found + ";");
        addPrepared(prepared, read.validation(), path);
    }

    /** The copies stand where the operations that come next will stand. */
    @Override
    public void load(Step.Load load, BuilderPath path) {
        statements.countFrom(path.operations());
        int count = 0;
        for (Step.Loaded value : load.values()) {
            statements.add(set(value.copy(), Numbering.relative(count)));
            count++;
        }
        statements.add(
                "if (!opv_load_cells(ops, " + Numbering.relative(count) + ", plan, cpu))",
                Statements.INDENT + "return 0;");
        load.values().forEach(value -> addPrepared(value.prepared(), value.validation(), path));
    }

    /** The cell holds what was found, which the operation compares; the value is made of that. */
    private void addPrepared(Prepared prepared, Operation.Compare validation, BuilderPath path) {
        CExpression cell = cells.member(prepared);
        path.fill(cell);
        declare(locals.of(prepared), prepared.type(), RawBits.value(prepared.type(), cell));
        addCondition(validation, Conclusions.PREPARE_AGAIN, path);
    }

    @Override
    public void guard(Step.Guard guard, BuilderPath path) {
        addCondition(guard.operation(), names.enumerator(guard.outcome()), path);
    }

    private void addCondition(Operation operation, String stop, BuilderPath path) {
        add(operation, path);
        statements.add("opv_plan_stop(plan, " + stop + ");");
    }

    @Override
    void conclude(CExpression condition, String conclusion, BuilderPath path) {
        statements.countFrom(path.operations());
        statements.open("if (" + condition + ")");
        statements.add("plan->conclusion = " + conclusion + ";", RETURN_COUNT);
        statements.close();
    }

    private void add(Operation operation, BuilderPath path) {
        List<String> lines = new ArrayList<>();
        for (Operation.Operand operand : operation.operands()) {
            if (operand.address() instanceof Address.OfCell cell) {
                fill(cell, operation.role(), lines, path);
            }
        }
        lines.addAll(set(operation, Numbering.relative(0)));
        statements.countFrom(path.operations());
        statements.add(lines);
        path.addOperation();
        statements.countFrom(path.operations());
    }

    /** A raw vector has all of its operations looked at. */
    private List<String> set(Operation operation, String index) {
        List<String> lines = new ArrayList<>(operations.set(operation, index));
        if (named.shape().hasDirectForm() && operation.mayFault()) {
            lines.add("opv_plan_pin(plan, " + index + ");");
        }
        return lines;
    }

    /** What is copied to needs no value. */
    private void fill(Address.OfCell cell, Role role, List<String> lines, BuilderPath path) {
        CExpression member = cells.member(cell, role);
        if (role != Role.READ && path.fill(member)) {
            lines.add(member + " = " + expressions.render(cell.value()) + ";");
        }
    }

    @Override
    public void commit(Block.Commit commit, BuilderPath path) {
        commit.writes().forEach(operation -> add(operation, path));
        commit.results().forEach(value -> value.match(results));
        statements.countFrom(path.operations());
        statements.add(RETURN_COUNT);
    }

    private final class Results implements ResultValue.Cases<Statements> {
        /** A result that the vector copies on another path has its cell on this one too. */
        @Override
        public Statements computed(ResultValue.Computed value) {
            Result result = value.result();
            CExpression text = expressions.render(value.value());
            statements.add(
                    named.shape().isCopied(result)
                            ? "cells->" + locals.of(result) + " = " + RawBits.held(result.type(), text) + ";"
                            : "results->" + locals.of(result) + " = " + text + ";");
            return statements;
        }

        @Override
        public Statements copied(ResultValue.Copied value) {
            return statements;
        }
    }
}
