// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.prometheus;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * Two counters by class of status that change together: answers, and their bytes. Each scrape has the bytes of just the
 * answers that it counts, which two counters of the client's own cannot promise.
 *
 * <p>All methods may be called from any thread.
 */
public final class AnswerCounters implements MultiCollector, AutoCloseable {
    private static final String COUNT = "http_answers";
    private static final String COUNT_HELP = "Answers sent.";
    private static final String BYTES = "http_answer_bytes";
    private static final String BYTES_HELP = "Bytes of the answers sent.";
    private static final String LABEL = "status";

    private final Answers answers = Answers.allocate();

    /**
     * Counts an answer.
     *
     * @param status its HTTP status, 100 to 599
     * @throws IndexOutOfBoundsException if the status is another number
     */
    public void count(int status, long bytes) {
        answers.answer(status / 100 - 1, bytes);
    }

    @Override
    public MetricSnapshots collect() {
        Answers.ReadAnswersResult all = answers.readAnswers();
        return MetricSnapshots.of(counter(COUNT, COUNT_HELP, all::count), counter(BYTES, BYTES_HELP, all::bytes));
    }

    private static CounterSnapshot counter(String name, String help, IntToLongFunction values) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        for (int status = 0; status < MetricsOps.STATUSES; status++) {
            counter.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(Labels.of(LABEL, (status + 1) + "xx"))
                    .value(values.applyAsLong(status))
                    .build());
        }
        return counter.build();
    }

    @Override
    public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
        return List.of(
                MetricFamilyDescriptor.counter(COUNT)
                        .help(COUNT_HELP)
                        .labelNames(LABEL)
                        .build(),
                MetricFamilyDescriptor.counter(BYTES)
                        .help(BYTES_HELP)
                        .labelNames(LABEL)
                        .build());
    }

    /** Gives the memory back. Whoever counts or scrapes later gets an IllegalStateException. */
    @Override
    public void close() {
        answers.close();
    }
}
