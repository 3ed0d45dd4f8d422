// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.prometheus;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A classic histogram of Prometheus that has a copy of its buckets for each CPU. It is registered and observed as the
 * client's own: {@code histogram.labelValues("GET").observe(0.25)}. As there, NaN is no observation. It has neither
 * exemplars nor native buckets.
 *
 * <p>All methods may be called from any thread. A scrape sees each observation whole or not at all.
 */
public final class PerCpuHistogram implements Collector, AutoCloseable {
    private final String name;
    private final String help;
    private final String[] labelNames;
    private final double[] bounds;
    private final Map<List<String>, Point> points = new ConcurrentHashMap<>();

    /**
     * Makes a histogram without observations.
     *
     * @param name without the endings that Prometheus adds
     * @param bounds the buckets' upper bounds, which belong to their buckets, ascending, without the infinite one
     * @param labelNames of the labels whose values {@link #labelValues} takes; none for a histogram of one point
     * @throws IllegalArgumentException if there are too many bounds, or they do not ascend
     */
    public PerCpuHistogram(String name, String help, double[] bounds, String... labelNames) {
        this.name = name;
        this.help = help;
        this.labelNames = labelNames.clone();
        this.bounds = Arrays.copyOf(bounds, bounds.length + 1);
        this.bounds[bounds.length] = Double.POSITIVE_INFINITY;
        if (this.bounds.length > MetricsOps.BUCKETS) {
            throw new IllegalArgumentException(
                    bounds.length + " bounds; a histogram has at most " + (MetricsOps.BUCKETS - 1));
        }
        for (int i = 0; i < bounds.length; i++) {
            if (!(this.bounds[i] < this.bounds[i + 1])) {
                throw new IllegalArgumentException("the bounds must ascend, and be below infinity; bound " + i + " is "
                        + bounds[i] + ", and " + this.bounds[i + 1] + " follows");
            }
        }
    }

    /**
     * Returns the point with these values of the labels, which is made when it is first asked for. It stays valid, so
     * that who observes often can keep it.
     *
     * @throws IllegalArgumentException if there are more or fewer values than labels
     */
    public DistributionDataPoint labelValues(String... values) {
        if (values.length != labelNames.length) {
            throw new IllegalArgumentException(values.length + " values for " + labelNames.length + " labels");
        }
        return points.computeIfAbsent(List.of(values), key -> new Point(bounds, Labels.of(labelNames, values)));
    }

    @Override
    public HistogramSnapshot collect() {
        HistogramSnapshot.Builder snapshot =
                HistogramSnapshot.builder().name(name).help(help);
        points.values().forEach(point -> snapshot.dataPoint(point.read()));
        return snapshot.build();
    }

    @Override
    public MetricFamilyDescriptor getMetricFamilyDescriptor() {
        return MetricFamilyDescriptor.histogram(name)
                .help(help)
                .labelNames(labelNames)
                .build();
    }

    /** Gives the memory back. Whoever observes or scrapes later gets an IllegalStateException. */
    @Override
    public void close() {
        points.values().forEach(point -> point.distribution.close());
    }

    private static final class Point implements DistributionDataPoint {
        private final Distribution distribution = Distribution.allocate();
        private final double[] bounds;
        private final Labels labels;

        Point(double[] bounds, Labels labels) {
            this.bounds = bounds;
            this.labels = labels;
        }

        @Override
        public void observe(double value) {
            if (!Double.isNaN(value)) {
                distribution.add(value, bucketOf(value));
            }
        }

        @Override
        public void observeWithExemplar(double value, Labels exemplar) {
            observe(value);
        }

        /** The first bucket whose bound is not below the value. */
        private int bucketOf(double value) {
            int first = 0;
            int last = bounds.length - 1;
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

        @Override
        public long getCount() {
            return Arrays.stream(counts(distribution.read())).sum();
        }

        @Override
        public double getSum() {
            return distribution.read().sum();
        }

        private HistogramDataPointSnapshot read() {
            Distribution.ReadResult all = distribution.read();
            return HistogramDataPointSnapshot.builder()
                    .labels(labels)
                    .sum(all.sum())
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts(all)))
                    .build();
        }

        private long[] counts(Distribution.ReadResult all) {
            long[] counts = new long[bounds.length];
            Arrays.setAll(counts, all::bucket);
            return counts;
        }
    }
}
