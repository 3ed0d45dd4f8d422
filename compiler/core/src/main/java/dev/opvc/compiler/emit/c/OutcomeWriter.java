// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;

/** The ways in which a transaction can end, as an enumeration. */
final class OutcomeWriter {
    private static final String COMMITTED_NUMBER = "0";

    private final CText text;

    OutcomeWriter(CText text) {
        this.text = text;
    }

    void write(VectorUnit unit, UnitNames names) {
        CComment.write(text, List.of("How " + names.function() + "() ends, unless with an error."));
        text.open("enum " + names.outcomeTag());
        CComment.write(text, List.of("Everything has happened."));
        writeEnumerator(names.enumerator(Outcome.COMMITTED), COMMITTED_NUMBER, false);
        List<Outcome> outcomes = unit.outcomes();
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            boolean last = i == outcomes.size() - 1;
            writeEnumerator(names.enumerator(outcome.name()), String.valueOf(outcome.number()), last);
        }
        text.close("};");
    }

    private void writeEnumerator(String name, String number, boolean last) {
        text.line(name + " = " + number + (last ? "" : ","));
    }
}
