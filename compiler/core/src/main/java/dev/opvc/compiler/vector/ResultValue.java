// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Result;

/** Where a result comes from once a path has committed. */
public sealed interface ResultValue {
    Result result();

    /** A value that preparation found. */
    record Computed(Result result, Expr value) implements ResultValue {}

    /** What the vector's read operations copied to a cell of its own. */
    record Copied(Result result, Address.OfCell cell) implements ResultValue {}
}
