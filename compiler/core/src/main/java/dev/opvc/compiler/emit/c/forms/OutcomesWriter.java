// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.model.Outcome;
import java.util.Iterator;
import java.util.List;

/** The ways in which a transaction can end, as an enumeration. */
final class OutcomesWriter {
    private OutcomesWriter() {}

    static void write(CText text, NamedUnit named) {
        UnitNames names = named.names();
        CComment.write(text, List.of("How " + names.function() + "() ends, unless with an error."));
        text.open("enum " + names.outcomeTag());
        CComment.write(text, List.of("Everything has happened."));
        text.line(names.committed() + " = " + Conclusions.DONE + ",");
        Iterator<Outcome> outcomes = named.unit().outcomes().iterator();
        while (outcomes.hasNext()) {
            Outcome outcome = outcomes.next();
            text.line(names.enumerator(outcome) + " = " + outcome.number() + (outcomes.hasNext() ? "," : ""));
        }
        text.close("};");
    }
}
