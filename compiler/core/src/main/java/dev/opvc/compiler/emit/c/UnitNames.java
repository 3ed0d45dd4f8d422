// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.VectorProgram;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;

/**
 * What is made of a unit, and how it is called. Every name is made from the stem and made safe by itself.
 *
 * @param stem prefix and name: {@code latency_pop}
 */
record UnitNames(String stem) {
    static UnitNames of(VectorProgram program, VectorUnit unit) {
        List<Parameter> slots = unit.perCpuParameters();
        String prefix = slots.isEmpty()
                ? CNames.fileStem(program.path())
                : CNames.snake(slots.get(0).struct().name());
        return new UnitNames(prefix + "_" + unit.name().text());
    }

    /** The function that callers use first: on the current CPU where there is a choice. */
    String function() {
        return NameKind.FILE_SCOPE.safe(stem);
    }

    /** The form that names the CPU. */
    String onCpu() {
        return NameKind.FILE_SCOPE.safe(stem + "_on");
    }

    String builder() {
        return NameKind.FILE_SCOPE.safe(stem + "_build");
    }

    /** Plain code under the CPU's exclusion. */
    String direct() {
        return NameKind.FILE_SCOPE.safe(stem + "_direct_on");
    }

    /** What the direct form does while it excludes others. */
    String locked() {
        return NameKind.FILE_SCOPE.safe(stem + "_locked");
    }

    /** The form that builds a vector and runs it. */
    String vector() {
        return NameKind.FILE_SCOPE.safe(stem + "_vector_on");
    }

    /** What the builder hands out of the values that it prepared. */
    String resultsTag() {
        return NameKind.FILE_SCOPE.safe(stem + "_results");
    }

    String cellsTag() {
        return NameKind.FILE_SCOPE.safe(stem + "_cells");
    }

    /** The macro for the length of its operation array. */
    String operations() {
        return NameKind.FILE_SCOPE.safe(CNames.upperSnake(stem) + "_OPS");
    }

    String outcomeTag() {
        return NameKind.FILE_SCOPE.safe(stem + "_outcome");
    }

    String enumerator(String outcome) {
        return NameKind.FILE_SCOPE.safe(CNames.upperSnake(stem) + "_" + CNames.upperSnake(outcome));
    }
}
