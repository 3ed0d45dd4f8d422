// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import dev.opvc.samples.latency.Latency;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Adds up what was recorded; all threads do so at once, and nobody records meanwhile. */
@State(Scope.Benchmark)
public class TotalBenchmark {
    private final Latency latency = Latency.allocate();
    private final Stripes stripes = new Stripes();

    @Setup
    public void record() {
        for (int cpu : Slots.CPUS) {
            latency.recordOn(cpu, cpu, cpu % Histogram.BUCKETS);
            stripes.record(cpu, cpu % Histogram.BUCKETS);
        }
    }

    /** Where a thread's sums go. */
    @State(Scope.Thread)
    public static class Sums {
        private final Latency.TotalResult result = new Latency.TotalResult();
    }

    @Benchmark
    public long opvc(Sums sums) {
        latency.total(sums.result);
        return sums.result.count();
    }

    @Benchmark
    public Histogram synchronizedStripes() {
        return stripes.total();
    }

    @TearDown
    public void check() {
        long recorded = latency.total().count();
        latency.close();
        Tally.require(recorded == Slots.CPUS.length, recorded + " observations, not " + Slots.CPUS.length);
    }
}
