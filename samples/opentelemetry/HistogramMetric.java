// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.opentelemetry;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;

/** A histogram's points as exporters take them. The SDK's own class for it is internal. */
final class HistogramMetric implements MetricData {
    private final Resource resource;
    private final InstrumentationScopeInfo scope;
    private final String name;
    private final String unit;
    private final HistogramData data;

    HistogramMetric(Resource resource, InstrumentationScopeInfo scope, String name, String unit, HistogramData data) {
        this.resource = resource;
        this.scope = scope;
        this.name = name;
        this.unit = unit;
        this.data = data;
    }

    @Override
    public Resource getResource() {
        return resource;
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return scope;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getDescription() {
        return "";
    }

    @Override
    public String getUnit() {
        return unit;
    }

    @Override
    public MetricDataType getType() {
        return MetricDataType.HISTOGRAM;
    }

    @Override
    public Data<?> getData() {
        return data;
    }
}
