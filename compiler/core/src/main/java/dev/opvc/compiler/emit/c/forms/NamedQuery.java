// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.QueryLocalNames;
import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.vector.QueryUnit;

/** A query, and what everything in it is called. */
record NamedQuery(QueryUnit query, UnitNames names, QueryLocalNames locals) {}
