// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.UnitLocalNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.emit.c.types.RawBits;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.vector.VectorPath;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The memory of a builder's caller that operations find values in, or copy to. */
final class UnitCells implements OwnMemory {
    private final NamedUnit named;
    private final UnitLocalNames locals;

    UnitCells(NamedUnit named) {
        this.named = named;
        this.locals = named.locals();
    }

    @Override
    public CExpression cell(Address.OfCell cell, Role role) {
        return CExpression.prefix("&", member(cell, role));
    }

    @Override
    public CExpression copy(Address.OfCopy copy) {
        return OwnMemory.NONE.copy(copy);
    }

    @Override
    public CExpression initial(Address.OfInitial initial) {
        return new InitialBlocks(named.unit(), named.names()).address(initial);
    }

    /** A cell, as an operation of a role uses it. */
    CExpression member(Address.OfCell cell, Role role) {
        boolean normalized = role == Role.WRITE && UnitLocalNames.isReadTruth(cell);
        return member(normalized ? locals.ofNormalized(cell) : locals.of(cell));
    }

    /** The cell of a value that was read. */
    CExpression member(Prepared prepared) {
        return member(locals.of(prepared));
    }

    private static CExpression member(String name) {
        return CExpression.primary("cells->" + name);
    }

    /** Writes the struct that has them. */
    void write(CText text) {
        Set<Address> copiedTo = used(Role.READ);
        Set<Address> stored = used(Role.WRITE);
        CComment.write(
                text, List.of("Values that the operations of " + named.names().function() + "() point to."));
        text.open("struct " + named.names().cellsTag());
        // On several paths a name may have a cell, which is one member, on each.
        Set<String> members = new LinkedHashSet<>();
        for (Address.OfCell cell : named.unit().cells()) {
            members.addAll(members(cell, copiedTo.contains(cell), stored.contains(cell)));
        }
        members.forEach(text::line);
        text.close("};");
    }

    private List<String> members(Address.OfCell cell, boolean copiedTo, boolean stored) {
        Type type = cell.value().type();
        boolean asFound = copiedTo || cell.value() instanceof Value.OfPrepared;
        String member = CTypes.declare(asFound ? RawBits.type(type) : CTypes.name(type), locals.of(cell)) + ";";
        return stored && UnitLocalNames.isReadTruth(cell)
                ? List.of(member, CTypes.declare(type, locals.ofNormalized(cell)) + ";")
                : List.of(member);
    }

    /** What the operations of a role work on. */
    private Set<Address> used(Role role) {
        Set<Address> used = new HashSet<>();
        for (VectorPath path : named.unit().paths()) {
            for (Operation operation : path.operations()) {
                if (operation.role() == role) {
                    operation.operands().forEach(operand -> used.add(operand.address()));
                }
            }
        }
        return used;
    }
}
