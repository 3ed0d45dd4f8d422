// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.List;

/** The OpenTelemetry SDK as an application has it, with a reader, because without one it records nothing. */
final class OpenTelemetryMeter implements AutoCloseable {
    private final Reader reader = new Reader();
    private final SdkMeterProvider provider =
            SdkMeterProvider.builder().registerMetricReader(reader).build();

    DoubleHistogram histogram(List<Double> bounds) {
        return provider.get("dev.opvc.bench")
                .histogramBuilder("observations")
                .setExplicitBucketBoundariesAdvice(bounds)
                .build();
    }

    /** How many observations it has. */
    long recorded() {
        return reader.collect().stream()
                .flatMap(metric -> metric.getHistogramData().getPoints().stream())
                .mapToLong(point -> point.getCount())
                .sum();
    }

    @Override
    public void close() {
        provider.close();
    }

    private static final class Reader implements MetricReader {
        private CollectionRegistration registration = CollectionRegistration.noop();

        List<MetricData> collect() {
            return List.copyOf(registration.collectAllMetrics());
        }

        @Override
        public void register(CollectionRegistration given) {
            registration = given;
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return AggregationTemporality.CUMULATIVE;
        }

        @Override
        public CompletableResultCode forceFlush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
