// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.opentelemetry;

import dev.opvc.runtime.Forms;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * Eight threads record the same values into a histogram per CPU and into the SDK's own, while a reader of the SDK
 * collects both. Each point of ours must fit together, and in the end both must have the same.
 */
public final class OpenTelemetryDemo {
    static final AttributeKey<String> LABEL = AttributeKey.stringKey("route");

    private static final int THREADS = 8;
    private static final int RECORDS = 20_000;

    /** Threads of a server wait for requests; without that, the reader would hardly have a CPU here. */
    private static final int RECORDS_OF_BURST = 500;

    private static final long NANOS_BETWEEN_BURSTS = 1_000_000;

    private static final String SCOPE = "dev.opvc.samples";
    private static final String OURS = "opvc.duration";
    private static final String SDKS = "sdk.duration";
    private static final String UNIT = "s";
    private static final List<Double> BOUNDARIES = List.of(0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0);

    /** One for each bucket, so that buckets say what their values' sum is. Doubles add these up exactly. */
    private static final double[] VALUES = {0.0625, 0.25, 0.375, 1, 1.5, 3, 6, 100};

    private final AggregationTemporality temporality;
    private final List<Attributes> attributes;
    private final Map<String, Map<String, Point>> totals = new HashMap<>(Map.of(OURS, Map.of(), SDKS, Map.of()));
    private long endOfLast;
    private int collections;

    private OpenTelemetryDemo(AggregationTemporality temporality, int cardinality) {
        this.temporality = temporality;
        this.attributes = IntStream.range(0, cardinality)
                .mapToObj(i -> Attributes.of(LABEL, "/route/" + i))
                .toList();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        // It says that it drops negative values, as it should.
        Logger.getLogger("io.opentelemetry.sdk.metrics").setLevel(Level.OFF);
        for (AggregationTemporality temporality : AggregationTemporality.values()) {
            for (int cardinality : new int[] {1, 128}) {
                new OpenTelemetryDemo(temporality, cardinality).run(new InMemoryReader(temporality), THREADS);
                new OpenTelemetryDemo(temporality, cardinality).run(new OtlpReader(temporality), THREADS);
            }
            // Which sets are one too many depends on who comes first, and when. So one thread comes alone, and what it
            // records is collected when it has ended.
            new OpenTelemetryDemo(temporality, PerCpuDoubleHistogram.CARDINALITY_LIMIT + 100)
                    .run(new InMemoryReader(temporality), 1);
        }
    }

    private void run(Reader reader, int threads) throws InterruptedException {
        try (reader;
                PerCpuDoubleHistogram ours = new PerCpuDoubleHistogram(
                        InstrumentationScopeInfo.create(SCOPE), OURS, UNIT, temporality, BOUNDARIES);
                SdkMeterProvider provider = SdkMeterProvider.builder()
                        .registerMetricProducer(ours)
                        .registerMetricReader(reader.reader())
                        .build()) {
            DoubleHistogram sdks = provider.get(SCOPE)
                    .histogramBuilder(SDKS)
                    .setUnit(UNIT)
                    .setExplicitBucketBoundariesAdvice(BOUNDARIES)
                    .build();
            recordAndCollect(reader, ours, sdks, threads);
            compare();
            System.out.printf(
                    "Java, %s form: %s, %d sets of attributes, %s, %d values in %d collections as the SDK has them: "
                            + "all right%n",
                    Forms.VECTOR ? "vector" : "direct",
                    reader.getClass().getSimpleName(),
                    attributes.size(),
                    temporality,
                    totals.get(OURS).values().stream().mapToLong(Point::count).sum(),
                    collections);
        }
    }

    private void recordAndCollect(Reader reader, DoubleHistogram ours, DoubleHistogram sdks, int threads)
            throws InterruptedException {
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int first = i;
            all.add(new Thread(() -> record(first, ours, sdks)));
        }
        all.forEach(Thread::start);
        while (threads > 1 && all.stream().anyMatch(Thread::isAlive)) {
            collect(reader);
        }
        for (Thread thread : all) {
            thread.join();
        }
        collect(reader);
    }

    private void record(int first, DoubleHistogram ours, DoubleHistogram sdks) {
        for (int i = first; i < first + RECORDS; i++) {
            Attributes set = attributes.get(i % attributes.size());
            double value = VALUES[(i / attributes.size() + i) % VALUES.length];
            ours.record(value, set);
            sdks.record(value, set);
            if (i % RECORDS_OF_BURST == 0) {
                LockSupport.parkNanos(NANOS_BETWEEN_BURSTS);
            }
        }
        for (double dropped : new double[] {Double.NaN, -1, Double.NEGATIVE_INFINITY}) {
            ours.record(dropped, attributes.get(0));
            sdks.record(dropped, attributes.get(0));
        }
    }

    private void collect(Reader reader) {
        Map<String, Map<String, Point>> metrics = reader.collect();
        metrics.getOrDefault(OURS, Map.of()).values().forEach(this::check);
        metrics.forEach((metric, points) -> totals.merge(metric, points, this::combined));
        endOfLast = metrics.getOrDefault(OURS, Map.of()).values().stream()
                .mapToLong(Point::end)
                .findFirst()
                .orElse(endOfLast);
        collections++;
    }

    /** Deltas add up; of what is cumulative, the last is all. */
    private Map<String, Point> combined(Map<String, Point> before, Map<String, Point> now) {
        if (temporality == AggregationTemporality.CUMULATIVE) {
            return now;
        }
        Map<String, Point> both = new HashMap<>(before);
        now.forEach((label, point) -> both.merge(label, point, Point::plus));
        return both;
    }

    /** A value is in its bucket, in the sum and within the extremes, or in none of them. */
    private void check(Point point) {
        double sum = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < VALUES.length; i++) {
            long count = point.counts().get(i);
            sum += count * VALUES[i];
            min = count > 0 ? Math.min(min, VALUES[i]) : min;
            max = count > 0 ? Math.max(max, VALUES[i]) : max;
        }
        require(point.sum() == sum && point.min() == min && point.max() == max, "a point fits together: " + point);
        if (temporality == AggregationTemporality.DELTA && endOfLast != 0) {
            require(point.start() >= endOfLast && point.end() >= point.start(), "deltas follow each other: " + point);
        }
    }

    private void compare() {
        Map<String, Point> ours = totals.get(OURS);
        Map<String, Point> sdks = totals.get(SDKS);
        require(ours.keySet().equals(sdks.keySet()), "both have the same attributes");
        ours.forEach((label, point) -> require(
                point.hasValuesOf(sdks.get(label)), label + " is " + sdks.get(label) + " in the SDK, here " + point));
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("WRONG, it does not hold that " + what);
        }
    }
}
