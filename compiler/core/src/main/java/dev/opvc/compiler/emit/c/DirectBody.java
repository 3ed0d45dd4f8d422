// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;

/**
 * The statements of a direct form: what a vector and its preparation do, in the same order, under an exclusion that
 * makes validations needless.
 */
final class DirectBody {
    private static final String RANGE_ERROR = "-EINVAL";

    private final VectorUnit unit;
    private final UnitNames names;
    private final LocalNames locals;
    private final ExpressionRenderer expressions;
    private final AddressRenderer addresses;
    private final OperationRenderer operations;
    private final RangeCheckRenderer checks;
    private final Statements statements = new Statements();

    private DirectBody(VectorUnit unit, UnitNames names, LocalNames locals) {
        this.unit = unit;
        this.names = names;
        this.locals = locals;
        this.expressions = new ExpressionRenderer(locals);
        this.addresses = expressions.addresses();
        this.operations = new OperationRenderer(locals, expressions);
        this.checks = new RangeCheckRenderer(expressions);
    }

    /** The lines between the function's braces. */
    static List<String> lines(VectorUnit unit, UnitNames names, LocalNames locals) {
        DirectBody body = new DirectBody(unit, names, locals);
        body.add(unit.body());
        List<String> parameters = unit.parameters().stream()
                .map((Parameter each) -> locals.of(each))
                .toList();
        return body.statements.lines(parameters);
    }

    private void add(Block block) {
        block.steps().forEach(this::addStep);
        if (block.end() instanceof Block.Commit commit) {
            commit.writes().forEach(this::addWrite);
            commit.results().forEach(this::addResult);
            statements.add("return " + (unit.outcomes().isEmpty() ? "0" : names.enumerator(Outcome.COMMITTED)) + ";");
            return;
        }
        Block.Choice choice = (Block.Choice) block.end();
        statements.open("if (" + expressions.render(choice.condition()) + ")");
        add(choice.then());
        statements.close();
        add(choice.otherwise());
    }

    private void addStep(Step step) {
        if (step instanceof Step.Bind bind) {
            Value value = bind.value();
            declare(locals.of(bind.local()), value.type(), expressions.render(value));
        } else if (step instanceof Step.Check check) {
            addConclusion(CExpression.not(checks.render(check.check())), RANGE_ERROR);
        } else if (step instanceof Step.Decide decide) {
            String outcome = names.enumerator(decide.outcome().name());
            addConclusion(CExpression.not(expressions.render(decide.condition())), outcome);
        } else if (step instanceof Step.Guard guard) {
            addConclusion(
                    stops(guard.operation()), names.enumerator(guard.outcome().name()));
        } else {
            step.reads().forEach(this::addRead);
        }
    }

    private void addRead(Prepared prepared) {
        Type type = prepared.type();
        CExpression address = addresses.render(new Address.OfPlace(prepared.place()));
        declare(locals.of(prepared), type, RawBits.value(type, RawBits.load(type, address)));
    }

    private void declare(String name, Type type, CExpression value) {
        statements.declare(CTypes.declare(type, name), name, value);
    }

    private void addConclusion(CExpression condition, String conclusion) {
        statements.add("if (" + condition + ")", Statements.INDENT + "return " + conclusion + ";");
    }

    /** Whether a comparison would stop the vector. */
    private CExpression stops(Operation.Compare compare) {
        boolean mustEqual = compare.code() == OpCode.COMPARE_EQ;
        Address a = compare.a().address();
        Address b = compare.b().address();
        if (a instanceof Address.OfCell cell) {
            return differs(b, cell.value(), mustEqual);
        }
        if (b instanceof Address.OfCell cell) {
            return differs(a, cell.value(), mustEqual);
        }
        CExpression equal =
                CExpression.call("opv_equal", operations.operands(compare).toArray(CExpression[]::new));
        return mustEqual ? CExpression.not(equal) : equal;
    }

    private CExpression differs(Address address, Value value, boolean mustEqual) {
        CExpression found = RawBits.loadUnsigned(value.type(), addresses.render(address));
        return CExpression.infix(found, mustEqual ? "!=" : "==", RawBits.of(value.type(), expressions.render(value)));
    }

    private void addWrite(Operation operation) {
        if (operation instanceof Operation.Copy copy && copy.dst().address() instanceof Address.OfCell cell) {
            addRead(cell, copy.src().address());
        } else if (operation instanceof Operation.Copy copy && copy.src().address() instanceof Address.OfCell cell) {
            CExpression address = addresses.render(copy.dst().address());
            CExpression value = expressions.render(cell.value());
            statements.add(RawBits.store(cell.value().type(), address, value) + ";");
        } else {
            CExpression[] operands = operations.operands(operation).toArray(CExpression[]::new);
            statements.add(CExpression.call(function(operation.code()), operands) + ";");
        }
    }

    /** What is copied to a result is read at its turn among the stores. */
    private void addRead(Address.OfCell cell, Address source) {
        Type type = cell.value().type();
        String declaration = CTypes.declare(RawBits.type(type), local(cell));
        statements.add(declaration + " = " + RawBits.load(type, addresses.render(source)) + ";");
    }

    private String local(Address.OfCell cell) {
        return locals.ofNormalized(cell);
    }

    private void addResult(ResultValue value) {
        CExpression text = value instanceof ResultValue.Computed computed
                ? expressions.render(computed.value())
                : copied((ResultValue.Copied) value);
        statements.add("*" + locals.of(value.result()) + " = " + text + ";");
    }

    private CExpression copied(ResultValue.Copied value) {
        return RawBits.value(value.result().type(), CExpression.primary(local(value.cell())));
    }

    private static String function(OpCode code) {
        return switch (code) {
            case MEMCPY -> "opv_copy";
            case ADD -> "opv_add";
            case OR -> "opv_or";
            case AND -> "opv_and";
            case XOR -> "opv_xor";
            case LSHIFT -> "opv_lshift";
            case RSHIFT -> "opv_rshift";
            case BARRIER -> "opv_barrier";
            case COMPARE_EQ, COMPARE_NE -> throw new IllegalArgumentException(code + " writes nothing");
        };
    }
}
