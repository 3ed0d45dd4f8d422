// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.Stmt.RawAddress;
import dev.opvc.compiler.model.UnitDefinition;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Operation.Operand;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
            } else if (statement instanceof Stmt.Barrier barrier) {
                path.write(new Operation.Barrier(false, barrier.span()), new Write.Unknown());
            } else {
                throw new IllegalStateException("no statement of a raw vector: " + statement);
            }
        }
        return path.commit();
    }

    private void operation(Stmt.Raw raw) {
        Length length = addresses.length(raw.length());
        if (readsMemory(raw)) {
            diagnostics.report(Diagnostic.at(
                            raw.span(),
                            DiagnosticCode.BAD_STATEMENT,
                            "a raw vector reads nothing before it runs, so no address or value can come from memory")
                    .help("pass it as a parameter, or make this a `transaction`"));
            return;
        }
        OpCode code = OpCode.named(raw.word());
        List<Operand> operands = new ArrayList<>();
        for (RawAddress each : raw.addresses()) {
            String member = code.shape().addresses().get(operands.size());
            operands.add(new Operand(member, addresses.address(each.address(), length), each.expectFault()));
        }
        Optional<Value> value = Optional.ofNullable(raw.value()).map(values::value);
        path.write(operation(code, operands, value, length, raw), new Write.Unknown());
    }

    private static boolean readsMemory(Stmt.Raw raw) {
        return !ValueReads.of(List.of(raw)).isEmpty();
    }

    private static Operation operation(
            OpCode code, List<Operand> operands, Optional<Value> value, Length length, Stmt.Raw raw) {
        Operand first = operands.get(0);
        Span span = raw.span();
        return switch (code.shape()) {
            case COMPARE -> new Operation.Compare(code, first, operands.get(1), length, Role.GUARD, span);
            case COPY -> new Operation.Copy(first, operands.get(1), length, Role.WRITE, span);
            case ADD -> new Operation.Add(first, value.orElseThrow(), length, Role.WRITE, span);
            case BITWISE -> new Operation.Bitwise(code, first, value.orElseThrow(), length, Role.WRITE, span);
            case SHIFT -> new Operation.Shift(code, first, value.orElseThrow(), length, Role.WRITE, span);
            case BARRIER -> throw new IllegalStateException("a barrier has no operands");
        };
    }
}
