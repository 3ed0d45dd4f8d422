// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The memory of its own that a unit's operations point to. */
final class CellsWriter {
    private final CText text;
    private final LocalNames locals;

    CellsWriter(CText text, LocalNames locals) {
        this.text = text;
        this.locals = locals;
    }

    void write(VectorUnit unit, UnitNames names) {
        Set<Address> copiedTo = used(Role.READ, unit);
        Set<Address> stored = used(Role.WRITE, unit);
        CComment.write(text, List.of("Values that the operations of " + names.function() + "() point to."));
        text.open("struct " + names.cellsTag());
        // On several paths a result may have a cell, which is one member, on each.
        Set<String> members = new LinkedHashSet<>();
        for (Address.OfCell cell : unit.cells()) {
            members.addAll(members(cell, copiedTo.contains(cell), stored.contains(cell)));
        }
        members.forEach(text::line);
        text.close("};");
    }

    private List<String> members(Address.OfCell cell, boolean copiedTo, boolean stored) {
        boolean asFound = copiedTo || cell.value() instanceof Value.OfPrepared;
        String type = asFound
                ? RawBits.type(cell.value().type())
                : CTypes.name(cell.value().type());
        String member = CTypes.declare(type, locals.of(cell)) + ";";
        return stored && CellRenderer.isReadTruth(cell)
                ? List.of(member, CTypes.declare(cell.value().type(), locals.ofNormalized(cell)) + ";")
                : List.of(member);
    }

    /** What the operations of a role work on. */
    private static Set<Address> used(Role role, VectorUnit unit) {
        return unit.paths().stream()
                .flatMap(path -> path.operations().stream())
                .filter(operation -> operation.role() == role)
                .flatMap(operation -> operation.operands().stream())
                .map(Operation.Operand::address)
                .collect(Collectors.toSet());
    }
}
