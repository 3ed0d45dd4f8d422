// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Role;
import java.util.ArrayList;
import java.util.List;

/** Operations as calls of the setters of {@code opv/cpu_opv.h}. */
final class OperationRenderer {
    private final ExpressionRenderer expressions;
    private final CellRenderer cells;
    private final AddressRenderer addresses;
    private final LengthRenderer lengths;

    OperationRenderer(LocalNames names, ExpressionRenderer expressions) {
        this.cells = new CellRenderer(names);
        this.expressions = expressions;
        this.addresses = expressions.addresses();
        this.lengths = new LengthRenderer(expressions);
    }

    /** The statements that fill one element of the array of operations. */
    List<String> render(Operation operation, int index) {
        CExpression element = CExpression.primary("&ops[" + index + "]");
        List<String> statements = new ArrayList<>();
        statements.add(CExpression.call(setter(operation), arguments(operation, element)) + ";");
        for (Operation.Operand operand : operation.operands()) {
            if (operand.expectFault()) {
                statements.add(CExpression.call("cpu_op_set_expect_fault_" + operand.name(), element) + ";");
            }
        }
        return List.copyOf(statements);
    }

    private CExpression address(Address address, Role role) {
        return address instanceof Address.OfCell cell
                ? CExpression.prefix("&", cells.render(cell, role))
                : addresses.render(address);
    }

    private static String setter(Operation operation) {
        return switch (operation.code()) {
            case COMPARE_EQ -> "cpu_op_set_compare_eq";
            case COMPARE_NE -> "cpu_op_set_compare_ne";
            case MEMCPY -> "cpu_op_set_memcpy";
            case ADD -> "cpu_op_set_add";
            case OR -> "cpu_op_set_or";
            case AND -> "cpu_op_set_and";
            case XOR -> "cpu_op_set_xor";
            case LSHIFT -> "cpu_op_set_lshift";
            case RSHIFT -> "cpu_op_set_rshift";
            case BARRIER -> "cpu_op_set_mb";
        };
    }

    private CExpression[] arguments(Operation operation, CExpression element) {
        List<CExpression> arguments = new ArrayList<>();
        arguments.add(element);
        arguments.addAll(operands(operation));
        return arguments.toArray(CExpression[]::new);
    }

    /** What a setter, or the function that does an operation, takes: addresses, a value, the length. */
    List<CExpression> operands(Operation operation) {
        List<CExpression> arguments = new ArrayList<>();
        operation.operands().forEach(operand -> arguments.add(address(operand.address(), operation.role())));
        if (operation instanceof Operation.Add add) {
            arguments.add(expressions.renderSigned64(add.count()));
        } else if (operation instanceof Operation.Bitwise bitwise) {
            arguments.add(expressions.renderUnsigned64(bitwise.mask()));
        } else if (operation instanceof Operation.Shift shift) {
            arguments.add(bits(shift.bits()));
        }
        if (!(operation instanceof Operation.Barrier)) {
            arguments.add(lengths.render(operation.length()));
        }
        return List.copyOf(arguments);
    }

    /** A count that has been checked against the width, so that it fits 32 bits whatever its type. */
    private CExpression bits(Expr bits) {
        if (bits instanceof Expr.Constant) {
            return expressions.renderUnsigned64(bits);
        }
        CExpression text = expressions.render(bits);
        return bits.type() == ScalarType.U32 ? text : CExpression.cast(CTypes.scalar(ScalarType.U32), text);
    }
}
