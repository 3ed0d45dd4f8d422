// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Role;

/** Renders operations as calls that append them to a vector. */
final class OperationRenderer {
    private final ExpressionRenderer expressions;
    private final AddressRenderer addresses;
    private final Cells cells;

    OperationRenderer(ExpressionRenderer expressions, AddressRenderer addresses, Cells cells) {
        this.expressions = expressions;
        this.addresses = addresses;
        this.cells = cells;
    }

    /** The call on a vector that appends the operation, from its name on. */
    CodeBlock append(Operation operation) {
        CodeBlock.Builder call = CodeBlock.builder().add("$L($L)", method(operation.code()), arguments(operation));
        operation.operands().stream()
                .filter(Operation.Operand::expectFault)
                .forEach(operand -> call.add(".$L()", expectFaultMethod(operand)));
        return call.build();
    }

    private static String method(OpCode code) {
        return switch (code) {
            case COMPARE_EQ -> "compareEq";
            case COMPARE_NE -> "compareNe";
            case MEMCPY -> "memcpy";
            case ADD -> "add";
            case OR -> "or";
            case AND -> "and";
            case XOR -> "xor";
            case LSHIFT -> "lshift";
            case RSHIFT -> "rshift";
            case BARRIER -> "barrier";
        };
    }

    private static String expectFaultMethod(Operation.Operand operand) {
        return switch (operand.name()) {
            case "a" -> "expectFaultA";
            case "b" -> "expectFaultB";
            case "dst" -> "expectFaultDst";
            case "src" -> "expectFaultSrc";
            case "p" -> "expectFaultP";
            default -> throw new IllegalArgumentException("no operand of an operation: " + operand.name());
        };
    }

    private CodeBlock arguments(Operation operation) {
        if (operation instanceof Operation.Barrier) {
            return CodeBlock.of("");
        }
        if (operation instanceof Operation.Add add) {
            return arguments(add.p(), number(add.count(), add.length()), add.length());
        }
        if (operation instanceof Operation.Bitwise bitwise) {
            return arguments(bitwise.p(), number(bitwise.mask(), bitwise.length()), bitwise.length());
        }
        if (operation instanceof Operation.Shift shift) {
            return arguments(shift.p(), expressions.asInt(shift.bits()), shift.length());
        }
        Operation.Operand first = operation.operands().get(0);
        Operation.Operand second = operation.operands().get(1);
        CodeBlock other = operation.role() == Role.VALIDATE
                ? cells.validation((Address.OfCell) second.address())
                : address(second.address());
        return arguments(first, other, operation.length());
    }

    private CodeBlock arguments(Operation.Operand first, CodeBlock second, Length length) {
        return CodeBlock.of("$L, $L, $L", address(first.address()), second, addresses.length(length));
    }

    private CodeBlock address(Address address) {
        return address instanceof Address.OfCell cell ? cells.address(cell) : addresses.address(address);
    }

    /** A count or mask. Bits above the length do not matter, so nothing is done about them where the type has none. */
    private CodeBlock number(Value value, Length length) {
        boolean typeHasAll = value.type().size(Abi.LP64) >= length.max(Abi.LP64);
        return typeHasAll ? expressions.asBits(value) : expressions.asLong(value);
    }
}
