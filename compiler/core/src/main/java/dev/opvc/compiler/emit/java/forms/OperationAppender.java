// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.AddressRenderer;
import dev.opvc.compiler.emit.java.expressions.ExpressionRenderer;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Value;

/** Renders operations as calls that append them to a vector: of each, the arguments of its method. */
final class OperationAppender implements Operation.Cases<CodeBlock> {
    private final ExpressionRenderer expressions;
    private final AddressRenderer addresses;
    private final InitialBlocks initials;
    private final Cells cells;

    OperationAppender(PartRenderers renderers, Cells cells) {
        this.expressions = renderers.expressions();
        this.addresses = renderers.addresses();
        this.initials = renderers.initials();
        this.cells = cells;
    }

    /** The call on a vector that appends the operation, from its name on. */
    CodeBlock append(Operation operation) {
        String method = OperationTable.row(operation.code()).append();
        CodeBlock.Builder call = CodeBlock.builder().add("$L($L)", method, operation.match(this));
        operation.operands().stream()
                .filter(Operation.Operand::expectFault)
                .forEach(operand -> call.add(".$L()", OperationTable.expectFault(operand.name())));
        return call.build();
    }

    @Override
    public CodeBlock compare(Operation.Compare compare) {
        CodeBlock b = compare.role() == Role.VALIDATE
                ? cells.validation((Address.OfCell) compare.b().address())
                : address(compare.b().address());
        return arguments(compare.a(), b, compare.length());
    }

    @Override
    public CodeBlock copy(Operation.Copy copy) {
        return arguments(copy.dst(), address(copy.src().address()), copy.length());
    }

    @Override
    public CodeBlock add(Operation.Add add) {
        return arguments(add.p(), number(add.count(), add.length()), add.length());
    }

    @Override
    public CodeBlock bitwise(Operation.Bitwise bitwise) {
        return arguments(bitwise.p(), number(bitwise.mask(), bitwise.length()), bitwise.length());
    }

    @Override
    public CodeBlock shift(Operation.Shift shift) {
        return arguments(shift.p(), expressions.asInt(shift.bits()), shift.length());
    }

    @Override
    public CodeBlock barrier(Operation.Barrier barrier) {
        return CodeBlock.of("");
    }

    private CodeBlock arguments(Operation.Operand first, CodeBlock second, Length length) {
        return CodeBlock.of("$L, $L, $L", address(first.address()), second, addresses.length(length));
    }

    private CodeBlock address(Address address) {
        if (address instanceof Address.OfInitial initial) {
            return initials.address(initial);
        }
        return address instanceof Address.OfCell cell ? cells.address(cell) : addresses.address(address);
    }

    /** A count or mask. Bits above the length do not matter, so nothing is done about them where the type has none. */
    private CodeBlock number(Value value, Length length) {
        boolean typeHasAll = value.type().size(Abi.LP64) >= length.max(Abi.LP64);
        return typeHasAll ? expressions.asBits(value) : expressions.asLong(value);
    }
}
