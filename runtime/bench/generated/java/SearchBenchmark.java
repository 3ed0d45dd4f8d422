// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import dev.opvc.samples.latency.Latency;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.HdrHistogram.Recorder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Finds the bucket of an observation among the same 31 boundaries, and records it: what libraries of metrics do. */
@State(Scope.Benchmark)
public class SearchBenchmark {
    /** Upper ends of all buckets but the last. */
    static final double[] BOUNDS = IntStream.range(1, Histogram.BUCKETS)
            .mapToDouble(bucket -> bucket * (double) Operations.VALUES / Histogram.BUCKETS)
            .toArray();

    private static final int DIGITS = 3;

    private final Latency latency = Latency.allocate();
    private final Histogram shared = new Histogram();
    private final OpenTelemetryMeter meter = new OpenTelemetryMeter();
    private final DoubleHistogram openTelemetry =
            meter.histogram(Arrays.stream(BOUNDS).boxed().toList());
    private final io.prometheus.metrics.core.metrics.Histogram prometheus =
            io.prometheus.metrics.core.metrics.Histogram.builder()
                    .name("observations")
                    .classicOnly()
                    .classicUpperBounds(BOUNDS)
                    .build();
    private final DistributionSummary micrometer = DistributionSummary.builder("observations")
            .serviceLevelObjectives(BOUNDS)
            .register(new SimpleMeterRegistry());
    private final Recorder hdr = new Recorder(DIGITS);

    private static int bucket(double value) {
        int found = Arrays.binarySearch(BOUNDS, value);
        return found < 0 ? -found - 1 : found;
    }

    @Benchmark
    public void opvc(Operations operation) {
        operation.next();
        double value = operation.value();
        latency.record(value, bucket(value));
    }

    @Benchmark
    public void synchronizedObject(Operations operation) {
        operation.next();
        double value = operation.value();
        int bucket = bucket(value);
        synchronized (shared) {
            shared.record(value, bucket);
        }
    }

    @Benchmark
    public void openTelemetry(Operations operation) {
        operation.next();
        openTelemetry.record(operation.value());
    }

    @Benchmark
    public void prometheus(Operations operation) {
        operation.next();
        prometheus.observe(operation.value());
    }

    @Benchmark
    public void micrometer(Operations operation) {
        operation.next();
        micrometer.record(operation.value());
    }

    @Benchmark
    public void hdrRecorder(Operations operation) {
        operation.next();
        hdr.recordValue((long) operation.value());
    }

    @TearDown
    public void check(Tally tally) {
        long recorded = latency.total().count()
                + shared.count()
                + meter.recorded()
                + prometheus.collect().getDataPoints().stream()
                        .mapToLong(point -> point.getCount())
                        .sum()
                + micrometer.count()
                + hdr.getIntervalHistogram().getTotalCount();
        latency.close();
        meter.close();
        Tally.require(recorded == tally.operations(), recorded + " observations, not " + tally.operations());
    }
}
