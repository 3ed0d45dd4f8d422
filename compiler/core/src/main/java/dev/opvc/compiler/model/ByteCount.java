// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import java.util.List;

/** How many bytes a copy or a raw operation is written to work on. */
public sealed interface ByteCount {
    /** The expressions that it is made of. */
    default List<Expr> parts() {
        return List.of();
    }

    /** Known when it is compiled, for each size of pointers. */
    record Known(long lp64, long ilp32) implements ByteCount {}

    /** A parameter with a {@code max}. */
    record OfParameter(Parameter parameter) implements ByteCount {}

    /** An integer, of which the largest value has yet to be found. */
    record Computed(Expr value) implements ByteCount {
        @Override
        public List<Expr> parts() {
            return List.of(value);
        }
    }
}
