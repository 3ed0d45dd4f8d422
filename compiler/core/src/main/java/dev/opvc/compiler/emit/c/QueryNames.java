// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.VectorProgram;

/**
 * What is made of a query, and how it is called.
 *
 * @param stem prefix and name: {@code latency_total}
 */
record QueryNames(String stem) {
    static QueryNames of(VectorProgram program, QueryUnit query) {
        return new QueryNames(UnitNames.of(program, query).stem());
    }

    /** The function that callers use. */
    String function() {
        return safe(stem);
    }

    /** The form that copies under each CPU's exclusion. */
    String direct() {
        return safe(stem + "_direct");
    }

    /** The form that has vectors copy. */
    String vector() {
        return safe(stem + "_vector");
    }

    /** Fills the vector for one CPU. */
    String builder() {
        return safe(stem + "_build");
    }

    /** Does at once what that vector does. */
    String copy() {
        return safe(stem + "_copy");
    }

    /** Checks parameters, and sets the folds to what they begin with. */
    String begin() {
        return safe(stem + "_begin");
    }

    /** Folds one CPU's copy in. */
    String fold() {
        return safe(stem + "_fold");
    }

    /** Makes results of the folds. */
    String end() {
        return safe(stem + "_end");
    }

    /** What is copied of one CPU's slots. */
    String cellsTag() {
        return safe(stem + "_cells");
    }

    /** What has been folded so far. */
    String foldsTag() {
        return safe(stem + "_folds");
    }

    /** The macro for the length of its operation array. */
    String operations() {
        return safe(CNames.upperSnake(stem) + "_OPS");
    }

    private static String safe(String name) {
        return NameKind.FILE_SCOPE.safe(name);
    }
}
