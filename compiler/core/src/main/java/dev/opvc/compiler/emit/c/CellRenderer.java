// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.Role;

/** The memory of a builder's caller that operations find values in, or copy to. */
final class CellRenderer {
    private final LocalNames names;

    CellRenderer(LocalNames names) {
        this.names = names;
    }

    /** A cell, as an operation of a role uses it. */
    CExpression render(Address.OfCell cell, Role role) {
        boolean normalized = role == Role.WRITE && isReadTruth(cell);
        return CExpression.primary("cells->" + (normalized ? names.ofNormalized(cell) : names.of(cell)));
    }

    /** Whether a cell's value is a truth value that was read, of which a store writes 0 or 1. */
    static boolean isReadTruth(Address.OfCell cell) {
        return cell.value() instanceof Value.OfPrepared && cell.value().type() == ScalarType.BOOL;
    }
}
