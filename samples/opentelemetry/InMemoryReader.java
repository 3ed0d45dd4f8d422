// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.opentelemetry;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.HashMap;
import java.util.Map;

/** The SDK's reader for tests. */
final class InMemoryReader implements Reader {
    private final InMemoryMetricReader reader;

    InMemoryReader(AggregationTemporality temporality) {
        reader = temporality == AggregationTemporality.DELTA
                ? InMemoryMetricReader.createDelta()
                : InMemoryMetricReader.create();
    }

    @Override
    public MetricReader reader() {
        return reader;
    }

    @Override
    public Map<String, Map<String, Point>> collect() {
        Map<String, Map<String, Point>> metrics = new HashMap<>();
        for (MetricData metric : reader.collectAllMetrics()) {
            Map<String, Point> points = metrics.computeIfAbsent(metric.getName(), name -> new HashMap<>());
            for (HistogramPointData point : metric.getHistogramData().getPoints()) {
                String label = String.valueOf(point.getAttributes().get(OpenTelemetryDemo.LABEL));
                points.put(
                        label,
                        new Point(
                                point.getStartEpochNanos(),
                                point.getEpochNanos(),
                                point.getSum(),
                                point.getMin(),
                                point.getMax(),
                                point.getCounts()));
            }
        }
        return metrics;
    }

    @Override
    public void close() {}
}
