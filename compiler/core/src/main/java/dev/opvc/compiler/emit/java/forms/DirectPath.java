// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import dev.opvc.compiler.emit.java.names.Variables;

/**
 * A path of a direct form, as far as it is rendered.
 *
 * @param variables the names that are taken on it
 * @param last whether nothing stands behind its end
 */
record DirectPath(Variables variables, boolean last) {
    /** For a branch that is a method of its own. */
    DirectPath part() {
        return new DirectPath(variables.branch(), true);
    }

    /** For the branch of a choice behind which the other one stands. */
    DirectPath branch() {
        return new DirectPath(variables.branch(), false);
    }
}
