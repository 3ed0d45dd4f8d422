// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;

/** The memory of its own that a unit's operations point to. */
final class CellsWriter {
    private final CText text;
    private final LocalNames locals;

    CellsWriter(CText text, LocalNames locals) {
        this.text = text;
        this.locals = locals;
    }

    void write(VectorUnit unit, UnitNames names) {
        List<Operation> operations = UnitShape.path(unit).operations();
        CComment.write(text, List.of("Values that the operations of " + names.function() + "() point to."));
        text.open("struct " + names.cellsTag());
        for (Address.OfCell cell : UnitShape.path(unit).cells()) {
            writeMember(cell, operations);
        }
        text.close("};");
    }

    private void writeMember(Address.OfCell cell, List<Operation> operations) {
        boolean asFound = cell.value() instanceof Expr.PreparedValue || isUsed(cell, Role.READ, operations);
        String type = asFound
                ? RawBits.type(cell.value().type())
                : CTypes.name(cell.value().type());
        text.line(CTypes.declare(type, locals.of(cell)) + ";");
        if (AddressRenderer.isReadTruth(cell) && isUsed(cell, Role.WRITE, operations)) {
            text.line(CTypes.declare(cell.value().type(), locals.ofNormalized(cell)) + ";");
        }
    }

    private static boolean isUsed(Address.OfCell cell, Role role, List<Operation> operations) {
        return operations.stream()
                .filter(operation -> operation.role() == role)
                .flatMap(operation -> operation.operands().stream())
                .anyMatch(operand -> operand.address().equals(cell));
    }
}
