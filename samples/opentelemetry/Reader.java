// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.opentelemetry;

import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.Map;

/** One of the SDK's readers, and what it makes of the metrics. */
interface Reader extends AutoCloseable {
    MetricReader reader();

    /** Collects once, and returns the points by metric and by attributes. */
    Map<String, Map<String, Point>> collect();

    @Override
    void close();
}
