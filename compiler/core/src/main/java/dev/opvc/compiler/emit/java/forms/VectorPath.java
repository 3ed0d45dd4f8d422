// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.vector.VectorUnit;

/**
 * A path of a vector form, as far as it is rendered.
 *
 * @param variables the names that are taken on it
 * @param cells those that it has made
 * @param end how it ends, by the comparisons that its vector has
 * @param last whether nothing stands behind its end
 */
record VectorPath(
        PartRenderers renderers,
        Variables variables,
        Cells cells,
        AttemptEnd end,
        OperationAppender appender,
        boolean last) {

    static VectorPath begin(VectorUnit unit, PartRenderers renderers, OutcomeRenderer outcomes) {
        Variables variables = renderers.variables();
        Cells cells = new Cells(unit, variables, renderers.expressions());
        return with(renderers, variables, cells, new AttemptEnd(outcomes, variables), true);
    }

    /** For the branch of a choice behind which the other one stands. */
    VectorPath branch() {
        Variables branch = variables.branch();
        return with(renderers, branch, cells.branch(branch), end.branch(branch), false);
    }

    /**
     * For a branch that is a method of its own.
     *
     * @param canRetry whether what it returns says whether there is to be another attempt
     */
    VectorPath part(boolean canRetry) {
        Variables branch = variables.branch();
        AttemptEnd ending = canRetry ? end.part(branch) : end.branch(branch);
        return with(renderers, branch, cells.branch(branch), ending, true);
    }

    private static VectorPath with(
            PartRenderers renderers, Variables variables, Cells cells, AttemptEnd end, boolean last) {
        OperationAppender appender = new OperationAppender(renderers, cells);
        return new VectorPath(renderers, variables, cells, end, appender, last);
    }
}
