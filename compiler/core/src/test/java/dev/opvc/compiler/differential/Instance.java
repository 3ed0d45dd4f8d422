// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.StructType;

/** One instance of a per-CPU struct; there are several of each, as parameters of one struct may be one or two. */
record Instance(StructType struct, int number) {
    static final int PER_STRUCT = 2;

    @Override
    public String toString() {
        return struct + "#" + number;
    }
}
