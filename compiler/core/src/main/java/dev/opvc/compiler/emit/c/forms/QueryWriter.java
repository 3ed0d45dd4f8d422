// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.QueryLocalNames;
import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.vector.QueryUnit;

/**
 * Everything that a query becomes. Both forms copy what is needed of a CPU's slots, and fold the copy once that CPU is
 * free again; they differ in how they copy.
 */
public final class QueryWriter {
    private QueryWriter() {}

    public static void write(CText text, QueryUnit query, UnitNames names, QueryLocalNames locals) {
        NamedQuery named = new NamedQuery(query, names, locals);
        new QueryFunctions(text, named).write();
        text.blank();
        new QueryForms(text, named).write();
    }
}
