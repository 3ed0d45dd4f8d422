// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.UnitLocalNames;
import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.vector.VectorUnit;

/** A transaction or a raw vector, what it needs, and what everything in it is called. */
record NamedUnit(VectorUnit unit, UnitShape shape, UnitNames names, UnitLocalNames locals) {}
