// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.Stmt.RawAddress;
import dev.opvc.compiler.model.UnitDefinition;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Operation.Operand;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.VectorPath;
import java.util.Objects;

/** Lowers a raw vector: its statements are its operations. */
final class RawLowering {
    private final PathBuilder path = new PathBuilder();
    private final ValueLowering values;
    private final AddressLowering addresses;

    RawLowering(Diagnostics diagnostics) {
        this.values = new ValueLowering(path, diagnostics);
        this.addresses = new AddressLowering(path, values, diagnostics);
    }

    VectorPath lower(UnitDefinition unit) {
        for (Stmt statement : unit.body()) {
            if (statement instanceof Stmt.Raw raw) {
                operation(raw);
            } else {
                path.write(new Operation.Barrier(statement.span()));
            }
        }
        return path.build();
    }

    private void operation(Stmt.Raw raw) {
        addresses.length(raw.length());
        boolean known = true;
        for (RawAddress each : raw.addresses()) {
            known &= addresses.address(each.address(), raw.length(), raw.span());
            if (each.address() instanceof Address.OfCell cell) {
                path.adopt(cell);
            }
        }
        if (raw.value() != null) {
            known &= values.value(raw.value(), raw.span());
        }
        if (known) {
            path.write(operation(raw, OpCode.named(raw.word())));
        }
    }

    private static Operation operation(Stmt.Raw raw, OpCode code) {
        return switch (code) {
            case COMPARE_EQ, COMPARE_NE ->
                new Operation.Compare(
                        code, operand(raw, 0, "a"), operand(raw, 1, "b"), raw.length(), Role.GUARD, raw.span());
            case MEMCPY ->
                new Operation.Copy(
                        operand(raw, 0, "dst"), operand(raw, 1, "src"), raw.length(), Role.WRITE, raw.span());
            case ADD -> new Operation.Add(operand(raw, 0, "p"), value(raw), raw.length(), Role.WRITE, raw.span());
            case OR, AND, XOR ->
                new Operation.Bitwise(code, operand(raw, 0, "p"), value(raw), raw.length(), Role.WRITE, raw.span());
            case LSHIFT, RSHIFT ->
                new Operation.Shift(code, operand(raw, 0, "p"), value(raw), raw.length(), Role.WRITE, raw.span());
            case BARRIER -> new Operation.Barrier(raw.span());
        };
    }

    private static Operand operand(Stmt.Raw raw, int index, String name) {
        RawAddress address = raw.addresses().get(index);
        return new Operand(name, address.address(), address.expectFault());
    }

    private static Expr value(Stmt.Raw raw) {
        return Objects.requireNonNull(raw.value());
    }
}
