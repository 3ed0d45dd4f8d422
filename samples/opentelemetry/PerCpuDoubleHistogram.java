// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.opentelemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntToLongFunction;

/**
 * A histogram with explicit buckets that has a copy of them for each CPU. It is recorded into as the SDK's own, and
 * given to {@code SdkMeterProviderBuilder.registerMetricProducer}. As in the SDK, NaN and negative values are dropped,
 * and there are at most {@value #CARDINALITY_LIMIT} sets of attributes, of which one stands for all that are too many.
 * It has no exemplars, and knows no views.
 *
 * <p>With delta temporality each value is given to the first reader that comes, so there should be one. All methods may
 * be called from any thread.
 */
public final class PerCpuDoubleHistogram implements DoubleHistogram, MetricProducer, AutoCloseable {
    /** Sets of attributes, as many as the SDK has by default. */
    public static final int CARDINALITY_LIMIT = 2000;

    private static final Attributes OVERFLOW = Attributes.of(AttributeKey.booleanKey("otel.metric.overflow"), true);

    private final InstrumentationScopeInfo scope;
    private final String name;
    private final String unit;
    private final AggregationTemporality temporality;
    private final List<Double> boundaries;
    private final double[] bounds;
    private final Map<Attributes, Series> series = new ConcurrentHashMap<>();
    private final Clock clock = Clock.getDefault();
    private long startEpochNanos = clock.now();

    /**
     * Makes a histogram without values.
     *
     * @param boundaries the buckets' upper bounds, which belong to their buckets, ascending, all finite
     * @throws IllegalArgumentException if there are too many boundaries, or they do not ascend
     */
    public PerCpuDoubleHistogram(
            InstrumentationScopeInfo scope,
            String name,
            String unit,
            AggregationTemporality temporality,
            List<Double> boundaries) {
        this.scope = scope;
        this.name = name;
        this.unit = unit;
        this.temporality = temporality;
        this.boundaries = List.copyOf(boundaries);
        this.bounds = boundaries.stream().mapToDouble(Double::doubleValue).toArray();
        if (bounds.length >= SeriesOps.BUCKETS) {
            throw new IllegalArgumentException(
                    bounds.length + " boundaries; a histogram has at most " + (SeriesOps.BUCKETS - 1));
        }
        for (int i = 0; i < bounds.length; i++) {
            if (!Double.isFinite(bounds[i]) || (i > 0 && bounds[i - 1] >= bounds[i])) {
                throw new IllegalArgumentException("the boundaries must be finite, and ascend: " + boundaries);
            }
        }
    }

    @Override
    public void record(double value) {
        record(value, Attributes.empty());
    }

    @Override
    public void record(double value, Attributes attributes, Context context) {
        record(value, attributes);
    }

    @Override
    public void record(double value, Attributes attributes) {
        if (value >= 0) {
            seriesOf(attributes).add(value, bucketOf(value));
        }
    }

    /** The first bucket whose bound is not below the value. */
    private int bucketOf(double value) {
        int first = 0;
        int last = bounds.length;
        while (first < last) {
            int middle = (first + last) >>> 1;
            if (bounds[middle] < value) {
                first = middle + 1;
            } else {
                last = middle;
            }
        }
        return first;
    }

    private Series seriesOf(Attributes attributes) {
        Series known = series.get(attributes);
        return known != null ? known : addSeries(attributes);
    }

    private synchronized Series addSeries(Attributes attributes) {
        Attributes kept = series.size() < CARDINALITY_LIMIT - 1 ? attributes : OVERFLOW;
        return series.computeIfAbsent(kept, key -> Series.allocate());
    }

    @Override
    public synchronized Collection<MetricData> produce(Resource resource) {
        List<HistogramPointData> points = new ArrayList<>();
        long now = clock.now();
        series.forEach((attributes, of) -> {
            HistogramPointData point =
                    temporality == AggregationTemporality.DELTA ? take(attributes, of, now) : read(attributes, of, now);
            if (point.getCount() > 0) {
                points.add(point);
            }
        });
        if (temporality == AggregationTemporality.DELTA) {
            startEpochNanos = now;
        }
        return points.isEmpty()
                ? List.of()
                : List.of(new HistogramMetric(resource, scope, name, unit, HistogramData.create(temporality, points)));
    }

    private HistogramPointData read(Attributes attributes, Series of, long now) {
        Series.ReadResult all = of.read();
        return point(attributes, now, all.sum(), all.min(), all.max(), all::bucket);
    }

    private HistogramPointData take(Attributes attributes, Series of, long now) {
        Series.TakeResult taken = of.take();
        return point(attributes, now, taken.sum(), taken.min(), taken.max(), taken::bucket);
    }

    private HistogramPointData point(
            Attributes attributes, long now, double sum, double min, double max, IntToLongFunction bucket) {
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i <= bounds.length; i++) {
            counts.add(bucket.applyAsLong(i));
        }
        return HistogramPointData.create(
                startEpochNanos, now, attributes, sum, true, min, true, max, boundaries, counts);
    }

    /** Gives the memory back. Whoever records or collects later gets an IllegalStateException. */
    @Override
    public void close() {
        series.values().forEach(Series::close);
    }
}
