// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import dev.opvc.samples.prometheus.PerCpuHistogram;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Observes with a histogram that is registered with Prometheus' client: the sample's, and the client's own. */
@State(Scope.Benchmark)
public class PrometheusBenchmark {
    private static final String NAME = "observations";
    private static final String LABEL = "route";
    private static final String VALUE = "/";

    private final PerCpuHistogram perCpu = new PerCpuHistogram(NAME, "", SearchBenchmark.BOUNDS, LABEL);
    private final DistributionDataPoint perCpuPoint = perCpu.labelValues(VALUE);
    private final Histogram clients = Histogram.builder()
            .name(NAME)
            .labelNames(LABEL)
            .classicOnly()
            .classicUpperBounds(SearchBenchmark.BOUNDS)
            .build();
    private final DistributionDataPoint clientsPoint = clients.labelValues(VALUE);

    @Benchmark
    public void opvc(Operations operation) {
        operation.next();
        perCpuPoint.observe(operation.value());
    }

    @Benchmark
    public void prometheus(Operations operation) {
        operation.next();
        clientsPoint.observe(operation.value());
    }

    @TearDown
    public void check(Tally tally) {
        long observed = perCpuPoint.getCount() + clientsPoint.getCount();
        perCpu.close();
        Tally.require(observed == tally.operations(), observed + " observations, not " + tally.operations());
    }
}
