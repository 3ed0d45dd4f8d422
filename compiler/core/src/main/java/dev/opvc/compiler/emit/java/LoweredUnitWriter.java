// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.VectorUnit;

/** Writes a unit of any kind. */
final class LoweredUnitWriter {
    private LoweredUnitWriter() {}

    static void write(LoweredUnit unit, JavaLayout layout, TypeSpec.Builder target) {
        if (unit instanceof QueryUnit query) {
            new QueryWriter(query, layout).write(target);
        } else {
            new UnitWriter((VectorUnit) unit, layout).write(target);
        }
    }
}
