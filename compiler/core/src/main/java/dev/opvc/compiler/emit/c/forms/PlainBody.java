// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.types.RawBits;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.Value;

/**
 * The statements of a form that reads and compares memory by plain accesses, because something else than its operations
 * keeps others from it.
 */
abstract class PlainBody<P> extends FormBody<P> {
    final OperationRenderer operations;

    PlainBody(NamedUnit named) {
        super(named);
        this.operations = new OperationRenderer(expressions, OwnMemory.NONE);
    }

    @Override
    void conclude(CExpression condition, String conclusion, P path) {
        statements.addIf(condition, "return " + conclusion + ";");
    }

    @Override
    public final void read(Step.Read read, P path) {
        declare(read.prepared());
    }

    /** Has a variable hold what is found at a place. */
    final void declare(Prepared prepared) {
        Type type = prepared.type();
        CExpression address = addresses.render(prepared.place());
        declare(locals.of(prepared), type, RawBits.value(type, RawBits.load(type, address)));
    }

    @Override
    public final void guard(Step.Guard guard, P path) {
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
}
