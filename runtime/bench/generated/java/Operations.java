// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One thread's operations: their number, and for each the observation that it records. */
@State(Scope.Thread)
public class Operations {
    /** Observations are whole numbers below this. */
    static final int VALUES = 1024;

    private long count;

    @Setup
    public void register(Tally tally) {
        tally.register(this);
    }

    /** Begins the next operation. */
    void next() {
        count++;
    }

    long count() {
        return count;
    }

    /** What the operation observes. */
    double value() {
        return count % VALUES;
    }

    /** The bucket that it belongs to. */
    int bucket() {
        return (int) (count % Histogram.BUCKETS);
    }
}
