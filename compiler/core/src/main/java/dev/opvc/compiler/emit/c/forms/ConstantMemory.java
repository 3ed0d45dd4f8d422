// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Role;

/** What a form has of its own that has values in variables: the blocks from which it sets places back. */
final class ConstantMemory implements OwnMemory {
    private final InitialBlocks blocks;

    ConstantMemory(NamedUnit named) {
        this.blocks = new InitialBlocks(named.unit(), named.names());
    }

    @Override
    public CExpression cell(Address.OfCell cell, Role role) {
        return OwnMemory.NONE.cell(cell, role);
    }

    @Override
    public CExpression copy(Address.OfCopy copy) {
        return OwnMemory.NONE.copy(copy);
    }

    @Override
    public CExpression initial(Address.OfInitial initial) {
        return blocks.address(initial);
    }
}
