// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Address;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.Stmt.RawAddress;
import dev.opvc.compiler.model.UnitDefinition;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Operation.Operand;
import dev.opvc.compiler.vector.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Lowers a raw vector: its statements are its operations. */
final class RawLowering {
    private final PathBuilder path;
    private final Diagnostics diagnostics;
    private final ValueLowering values;
    private final AddressLowering addresses;

    RawLowering(List<Address.OfCell> cells, Diagnostics diagnostics) {
        this.path = new PathBuilder(cells);
        this.diagnostics = diagnostics;
        this.values = new ValueLowering(path, diagnostics);
        this.addresses = new AddressLowering(path, values, diagnostics);
    }

    Block lower(UnitDefinition unit) {
        for (Stmt statement : unit.body()) {
            if (statement instanceof Stmt.Raw raw) {
                operation(raw);
            } else {
                path.write(new Operation.Barrier(statement.span()), new Write.Unknown());
            }
        }
        return path.commit();
    }

    private void operation(Stmt.Raw raw) {
        addresses.length(raw.length());
        if (readsMemory(raw)) {
            diagnostics.report(Diagnostic.at(
                            raw.span(),
                            DiagnosticCode.BAD_STATEMENT,
                            "a raw vector reads nothing before it runs, so no address or value can come from memory")
                    .help("pass it as a parameter, or make this a `transaction`"));
            return;
        }
        List<RawAddress> lowered = new ArrayList<>();
        for (RawAddress each : raw.addresses()) {
            Address address = addresses.address(each.address(), raw.length(), raw.span());
            if (address instanceof Address.OfCell cell) {
                path.adopt(cell);
            }
            if (address != null) {
                lowered.add(new RawAddress(address, each.expectFault()));
            }
        }
        Expr value = raw.value() == null ? null : values.value(raw.value(), raw.span());
        if (lowered.size() == raw.addresses().size() && (value == null) == (raw.value() == null)) {
            Stmt.Raw known = new Stmt.Raw(raw.word(), lowered, value, raw.length(), raw.span());
            path.write(operation(known, OpCode.named(raw.word())), new Write.Unknown());
        }
    }

    private static boolean readsMemory(Stmt.Raw raw) {
        Set<Place> read = ValueReads.of(List.of(raw));
        return !read.isEmpty();
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
