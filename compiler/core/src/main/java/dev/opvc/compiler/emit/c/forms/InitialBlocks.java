// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.emit.c.types.InitialText;
import dev.opvc.compiler.model.InitialValue;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;

/** The constant memory from which a unit sets structs and arrays back: each block is behind a function of its own. */
final class InitialBlocks {
    private static final String BLOCK = "initial";

    private final UnitNames names;
    private final List<InitialValue> values;

    InitialBlocks(VectorUnit unit, UnitNames names) {
        this.names = names;
        this.values = unit.initialValues();
    }

    /** The address of a block. */
    CExpression address(Address.OfInitial initial) {
        int number = values.indexOf(initial.places().get(0).initialValue());
        return CExpression.call(names.initialBlock(number));
    }

    /** Writes the functions, each with a blank line behind it. */
    void write(CText text) {
        for (int number = 0; number < values.size(); number++) {
            InitialValue value = values.get(number);
            CComment.write(
                    text,
                    List.of("What " + names.function() + "() sets a place of type " + value.type() + " back to."));
            text.function("const void *" + names.initialBlock(number), List.of());
            String alignment = CTypes.needsAlignment(value.type()) ? " OPV_ALIGNED_8" : "";
            text.line("static const " + CTypes.declare(value.type(), BLOCK) + alignment + " = " + InitialText.of(value)
                    + ";");
            text.line("return &" + BLOCK + ";");
            text.close("}");
            text.blank();
        }
    }
}
