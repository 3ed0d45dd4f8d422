// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Prepared;

/** What generated functions have the values of expressions in. */
abstract class ValueNames {
    abstract String of(Parameter parameter);

    abstract String of(Binding binding);

    abstract String of(Prepared prepared);
}
