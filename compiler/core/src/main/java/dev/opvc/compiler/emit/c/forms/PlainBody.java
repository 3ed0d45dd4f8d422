// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.emit.c.types.RawBits;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.Value;

/**
 * The statements of a form that reads and compares memory by plain accesses, because something else than its operations
 * keeps others from it. Where nothing else is said it ends by returning.
 */
abstract class PlainBody extends FormBody<PlainBody.Path> {
    /** A path of which nothing has to be known. */
    enum Path {
        ANY
    }

    final OperationRenderer operations;
    private final Results results = new Results();

    PlainBody(NamedUnit named) {
        super(named);
        this.operations = new OperationRenderer(expressions, new ConstantMemory(named));
    }

    @Override
    final Path branch(Path path) {
        return path;
    }

    @Override
    void conclude(CExpression condition, String conclusion, Path path) {
        statements.addIf(condition, "return " + conclusion + ";");
    }

    @Override
    public final void read(Step.Read read, Path path) {
        declare(read.prepared());
    }

    /** Has a variable hold what is found at a place. */
    final void declare(Prepared prepared) {
        Type type = prepared.type();
        CExpression address = addresses.render(prepared.place());
        declare(locals.of(prepared), type, RawBits.value(type, RawBits.load(type, address)));
    }

    @Override
    public final void guard(Step.Guard guard, Path path) {
        conclude(stops(guard.operation()), names.enumerator(guard.outcome()), path);
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
        CExpression equal = operations.perform(compare);
        return mustEqual ? CExpression.not(equal) : equal;
    }

    private CExpression differs(Address address, Value value, boolean mustEqual) {
        CExpression found = RawBits.loadUnsigned(value.type(), addresses.render(address));
        return CExpression.infix(found, mustEqual ? "!=" : "==", RawBits.of(value.type(), expressions.render(value)));
    }

    /** Has a variable hold what is copied to a result, at its turn among the stores. */
    final void readResult(Address.OfCell cell, Address source) {
        Type type = cell.value().type();
        String declaration = CTypes.declare(RawBits.type(type), locals.of(cell));
        statements.declareInTurn(declaration, RawBits.load(type, addresses.render(source)));
    }

    /** Has a path's results wait. */
    final void keepResults(Block.Commit commit) {
        commit.results()
                .forEach(value ->
                        statements.add("results->" + locals.of(value.result()) + " = " + value.match(results) + ";"));
    }

    /** How a unit ends of which everything has happened. */
    final String committed() {
        return named.unit().outcomes().isEmpty() ? Conclusions.DONE : names.committed();
    }

    private final class Results implements ResultValue.Cases<CExpression> {
        @Override
        public CExpression computed(ResultValue.Computed value) {
            return expressions.render(value.value());
        }

        @Override
        public CExpression copied(ResultValue.Copied value) {
            return RawBits.value(value.result().type(), CExpression.primary(locals.of(value.cell())));
        }
    }
}
