// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.opentelemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The SDK's exporter of OTLP over HTTP, and a collector that it sends to, which reads OpenTelemetry's own messages. */
final class OtlpReader implements Reader {
    private static final int ANY_PORT = 0;
    private static final int OK = 200;
    private static final long SECONDS_TO_EXPORT = 30;
    private static final long HOURS_BETWEEN_EXPORTS = 1;

    private final Queue<ExportMetricsServiceRequest> received = new ConcurrentLinkedQueue<>();
    private final HttpServer collector;
    private final PeriodicMetricReader reader;

    OtlpReader(AggregationTemporality temporality) throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), ANY_PORT), 0);
        collector.createContext("/", this::receive);
        collector.start();
        OtlpHttpMetricExporter exporter = OtlpHttpMetricExporter.builder()
                .setEndpoint("http://localhost:" + collector.getAddress().getPort() + "/v1/metrics")
                .setAggregationTemporalitySelector(
                        temporality == AggregationTemporality.DELTA
                                ? AggregationTemporalitySelector.deltaPreferred()
                                : AggregationTemporalitySelector.alwaysCumulative())
                .build();
        reader = PeriodicMetricReader.builder(exporter)
                .setInterval(HOURS_BETWEEN_EXPORTS, TimeUnit.HOURS)
                .build();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody()));
            exchange.sendResponseHeaders(OK, -1);
        }
    }

    @Override
    public MetricReader reader() {
        return reader;
    }

    @Override
    public Map<String, Map<String, Point>> collect() {
        if (!reader.forceFlush().join(SECONDS_TO_EXPORT, TimeUnit.SECONDS).isSuccess()) {
            throw new IllegalStateException("the metrics could not be exported");
        }
        Map<String, Map<String, Point>> metrics = new HashMap<>();
        ExportMetricsServiceRequest request;
        while ((request = received.poll()) != null) {
            request.getResourceMetricsList().stream()
                    .flatMap(resource -> resource.getScopeMetricsList().stream())
                    .flatMap(scope -> scope.getMetricsList().stream())
                    .forEach(metric -> metrics.merge(metric.getName(), points(metric), (a, b) -> {
                        throw new IllegalStateException("a metric was exported twice: " + metric.getName());
                    }));
        }
        return metrics;
    }

    private static Map<String, Point> points(Metric metric) {
        Map<String, Point> points = new HashMap<>();
        for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
            String label = point.getAttributesList().stream()
                    .filter(attribute -> attribute.getKey().equals(OpenTelemetryDemo.LABEL.getKey()))
                    .map(attribute -> attribute.getValue().getStringValue())
                    .findFirst()
                    .orElse("null");
            points.put(
                    label,
                    new Point(
                            point.getStartTimeUnixNano(),
                            point.getTimeUnixNano(),
                            point.getSum(),
                            point.getMin(),
                            point.getMax(),
                            point.getBucketCountsList()));
        }
        return points;
    }

    @Override
    public void close() {
        collector.stop(0);
    }
}
