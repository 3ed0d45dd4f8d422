// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import dev.opvc.samples.latency.LatencyOps;

/** The five fields of Latency as a Java programmer writes them. Not safe for threads: what guards them is the peers'. */
class Histogram {
    static final int BUCKETS = LatencyOps.BUCKETS;

    /** Elements that keep the buckets from sharing a cache line with what lies behind them. */
    private static final int GAP = 16;

    private long count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private final long[] bucket = new long[BUCKETS + GAP];

    final void record(double value, int index) {
        count++;
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        bucket[index]++;
    }

    final void addTo(Histogram total) {
        total.count += count;
        total.sum += sum;
        total.min = Math.min(total.min, min);
        total.max = Math.max(total.max, max);
        for (int i = 0; i < BUCKETS; i++) {
            total.bucket[i] += bucket[i];
        }
    }

    final long count() {
        return count;
    }
}
