// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import java.util.function.BooleanSupplier;

/** Runs vectors that only copy out of a CPU's slots without its exclusion. */
public final class Snapshots {
    /** Turns after which others are at work all the time. */
    public static final int TURNS_MAX = 8;

    private Snapshots() {}

    /**
     * Tries to run a vector so that all that it copied stood there at one moment.
     *
     * @param condition asked within that moment
     * @return false if others were always at work, or the condition does not hold, or the vector is none that may run
     */
    public static boolean take(long ops, int count, int cpu, BooleanSupplier condition) {
        if (!Check.passes(ops, count) || Pin.firstFault(ops, count) != Pin.NO_FAULT) {
            return false;
        }
        long region = Exclusion.regionToRead(cpu);
        for (int turn = 0; turn < TURNS_MAX; turn++) {
            long version = Exclusion.version(region);
            if (!condition.getAsBoolean()) {
                return false;
            }
            Do.run(ops, count);
            if (Exclusion.isStill(region, version)) {
                return true;
            }
        }
        return false;
    }
}
