// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.UnitLocalNames;
import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.vector.VectorUnit;

/** Everything that a transaction or a raw vector becomes. */
public final class UnitWriter {
    private UnitWriter() {}

    public static void write(CText text, VectorUnit unit, UnitNames names, UnitLocalNames locals) {
        NamedUnit named = new NamedUnit(unit, UnitShape.of(unit), names, locals);
        if (!unit.outcomes().isEmpty()) {
            OutcomesWriter.write(text, named);
            text.blank();
        }
        new BuilderWriter(text, named).write();
        text.blank();
        new UnitFormsWriter(text, named).write();
    }
}
