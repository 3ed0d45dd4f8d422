// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

/**
 * Step 3 of 4: the operations themselves, on a vector that has passed check and pin, under the CPU's exclusion.
 * Allocates nothing and cannot block.
 */
final class Do {
    private Do() {}

    /** Runs a vector; returns 0, or the 1-based index of the comparison that stopped it. */
    static int run(long ops, int count) {
        for (int i = 0; i < count; i++) {
            long op = Ops.at(ops, i);
            if (!Operation.checked(op).run(op)) {
                return i + 1;
            }
        }
        return 0;
    }
}
