// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.names;

import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Prepared;

/** What generated functions have the values of expressions in. */
public interface ValueNames {
    String of(Parameter parameter);

    String of(Local local);

    String of(Prepared prepared);
}
