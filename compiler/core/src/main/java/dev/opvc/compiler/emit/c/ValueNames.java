// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.Prepared;

/** What generated functions have the values of expressions in. */
abstract class ValueNames {
    abstract String of(Parameter parameter);

    abstract String of(Local local);

    abstract String of(Prepared prepared);
}
