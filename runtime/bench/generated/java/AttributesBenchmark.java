// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import dev.opvc.samples.opentelemetry.PerCpuDoubleHistogram;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Records with attributes into a histogram that OpenTelemetry's SDK reads: the sample's, and the SDK's own. */
@State(Scope.Benchmark)
public abstract class AttributesBenchmark {
    private static final List<Double> BOUNDS =
            Arrays.stream(SearchBenchmark.BOUNDS).boxed().toList();

    private final Attributes[] attributes;
    private final PerCpuDoubleHistogram perCpu = new PerCpuDoubleHistogram(
            InstrumentationScopeInfo.create("dev.opvc.bench"),
            "observations",
            "1",
            AggregationTemporality.CUMULATIVE,
            BOUNDS);
    private final OpenTelemetryMeter meter = new OpenTelemetryMeter();
    private final DoubleHistogram sdks = meter.histogram(BOUNDS);

    private AttributesBenchmark(int cardinality) {
        attributes = IntStream.range(0, cardinality)
                .mapToObj(i -> Attributes.of(AttributeKey.stringKey("route"), "/" + i))
                .toArray(Attributes[]::new);
    }

    /** All with the same attributes. */
    public static class One extends AttributesBenchmark {
        public One() {
            super(1);
        }
    }

    /** In turn with 128 sets of attributes. */
    public static class Many extends AttributesBenchmark {
        public Many() {
            super(128);
        }
    }

    private Attributes attributes(Operations operation) {
        return attributes[(int) (operation.count() % attributes.length)];
    }

    @Benchmark
    public void opvc(Operations operation) {
        operation.next();
        perCpu.record(operation.value(), attributes(operation));
    }

    @Benchmark
    public void openTelemetry(Operations operation) {
        operation.next();
        sdks.record(operation.value(), attributes(operation));
    }

    @TearDown
    public void check(Tally tally) {
        long recorded = meter.recorded()
                + perCpu.produce(Resource.empty()).stream()
                        .flatMap(metric -> metric.getHistogramData().getPoints().stream())
                        .mapToLong(point -> point.getCount())
                        .sum();
        perCpu.close();
        meter.close();
        Tally.require(recorded == tally.operations(), recorded + " values, not " + tally.operations());
    }
}
