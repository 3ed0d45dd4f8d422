// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Role;

/** The memory of a unit's own, where a form has it. */
interface OwnMemory {
    /** None, in a form that has values in variables. */
    OwnMemory NONE = new OwnMemory() {
        @Override
        public CExpression cell(Address.OfCell cell, Role role) {
            throw new IllegalArgumentException("this form has no cells: " + cell);
        }

        @Override
        public CExpression copy(Address.OfCopy copy) {
            throw new IllegalArgumentException("this form has no copies: " + copy);
        }

        @Override
        public CExpression initial(Address.OfInitial initial) {
            throw new IllegalArgumentException("this form has no initial values: " + initial);
        }
    };

    /** The address of a cell, as an operation of a role uses it. */
    CExpression cell(Address.OfCell cell, Role role);

    /** The address to which places of a slot are copied. */
    CExpression copy(Address.OfCopy copy);

    /** The address of what places of a slot begin with. */
    CExpression initial(Address.OfInitial initial);
}
