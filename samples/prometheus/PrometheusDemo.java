// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.prometheus;

import dev.opvc.runtime.Forms;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Eight threads answer requests, and count them on the registry of Prometheus' client, whose HTTP server is scraped
 * meanwhile: by this program as often as it can and, where it is installed, by Prometheus. Each scrape must fit
 * together, and the last one must be what the threads counted.
 */
public final class PrometheusDemo {
    private static final int WRITERS = 8;
    /** On a machine that is busy with other things, fewer would be done in that time. */
    private static final long LEAST_SCRAPES = 10;

    private static final long NANOS_OF_WRITING = 1_000_000_000L;

    /** Threads of a server wait for requests; without that, nobody else would have a CPU here. */
    private static final long NANOS_BETWEEN_BURSTS = 1_000_000;

    private static final int ANSWERS_OF_BURST = 1_000;

    private static final long NANOS_OF_WAITING = 20_000_000_000L;
    private static final long MILLIS_BETWEEN_QUERIES = 100;

    private static final String METHOD = "GET";
    private static final String SUM = "http_seconds_sum{method=\"GET\"}";
    private static final String COUNT = "http_seconds_count{method=\"GET\"}";
    private static final double[] BOUNDS = {0.125, 0.25, 0.5, 1, 2, 4, 8};

    /** One for each bucket, so that buckets say what their observations' sum is. Doubles add these up exactly. */
    private static final double[] SECONDS = {0.0625, 0.25, 0.375, 1, 1.5, 3, 6, 100};

    /** All answers of one status have one size, so that their number says how many bytes they have. */
    private static final int BYTES_PER_STATUS = 7;

    private final PerCpuHistogram histogram = new PerCpuHistogram("http_seconds", "Time to answer.", BOUNDS, "method");
    private final AnswerCounters counters = new AnswerCounters();
    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final List<Writer> writers = new ArrayList<>();
    private long scrapes;

    /** The argument is the program of Prometheus, if there is one. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new PrometheusDemo().run(arguments.length == 0 ? null : arguments[0]);
    }

    private void run(String program) throws IOException, InterruptedException {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(histogram);
        registry.register(counters);
        try (HTTPServer server = HTTPServer.builder()
                        .inetAddress(InetAddress.getLoopbackAddress())
                        .port(0)
                        .registry(registry)
                        .buildAndStart();
                PrometheusServer prometheus =
                        program == null ? null : PrometheusServer.start(program, server.getPort())) {
            if (prometheus != null) {
                awaitAnswer(prometheus, "up", 1);
            }
            write(URI.create("http://localhost:" + server.getPort() + "/metrics"));
            say("%d threads, %d answers, %d scrapes, in each of which sums fit counts: all right"
                    .formatted(WRITERS, answers(), scrapes));
            if (prometheus != null) {
                askPrometheus(prometheus);
            }
        }
        histogram.close();
        counters.close();
    }

    private void write(URI address) throws IOException, InterruptedException {
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new Writer(i));
        }
        writers.forEach(Thread::start);
        HttpClient client = HttpClient.newHttpClient();
        long start = System.nanoTime();
        try {
            double before = 0;
            while (System.nanoTime() - start < NANOS_OF_WRITING || scrapes < LEAST_SCRAPES) {
                before = checkScrape(Scrape.of(client, address), before);
                scrapes++;
            }
        } finally {
            writing.set(false);
        }
        for (Writer writer : writers) {
            writer.join();
        }
        Scrape last = Scrape.of(client, address);
        checkScrape(last, answers());
        require(last.value(COUNT) == answers(), "all observations have been scraped");
        for (int status = 0; status < MetricsOps.STATUSES; status++) {
            require(last.value(series("http_answers_total", status)) == answered(status), "all answers were scraped");
        }
    }

    /** Returns how many observations it has. */
    private static double checkScrape(Scrape scrape, double before) {
        if (!scrape.values().containsKey(COUNT)) {
            return before;
        }
        double sum = 0;
        double below = 0;
        for (int i = 0; i < SECONDS.length; i++) {
            String bound = i < BOUNDS.length ? String.valueOf(BOUNDS[i]) : "+Inf";
            double upTo = scrape.value("http_seconds_bucket{method=\"GET\",le=\"" + bound + "\"}");
            sum += (upTo - below) * SECONDS[i];
            below = upTo;
        }
        require(scrape.value(COUNT) == below, "the count is that of the last bucket");
        require(scrape.value(SUM) == sum, "the sum is that of the observations in the buckets");
        require(below >= before, "no observation gets lost");
        for (int status = 0; status < MetricsOps.STATUSES; status++) {
            double bytes = scrape.value(series("http_answers_total", status)) * bytes(status);
            require(scrape.value(series("http_answer_bytes_total", status)) == bytes, "bytes are those of the answers");
        }
        return below;
    }

    /** Prometheus has read the exposition, has all that was counted, and nothing that does not fit together. */
    private void askPrometheus(PrometheusServer prometheus) throws IOException, InterruptedException {
        awaitAnswer(prometheus, "sum(http_answers_total)", answers());
        awaitAnswer(prometheus, COUNT, answers());
        String odd = "max(max_over_time(abs(http_answer_bytes_total{status=\"%s\"} - on(status)"
                + " %d * http_answers_total)[1m:100ms]))";
        for (int status = 0; status < MetricsOps.STATUSES; status++) {
            awaitAnswer(prometheus, odd.formatted(label(status), bytes(status)), 0);
        }
        OptionalDouble seen = prometheus.query("sum(count_over_time(up[1m]))");
        say("Prometheus itself has scraped %.0f times and read what was written: all right"
                .formatted(seen.orElseThrow()));
    }

    private static void awaitAnswer(PrometheusServer prometheus, String query, double expected)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        OptionalDouble answer;
        while (!(answer = prometheus.query(query)).equals(OptionalDouble.of(expected))) {
            if (!prometheus.isAlive() || System.nanoTime() - start > NANOS_OF_WAITING) {
                throw new IllegalStateException(
                        query + " is " + answer + ", not " + expected + "\n" + prometheus.log());
            }
            Thread.sleep(MILLIS_BETWEEN_QUERIES);
        }
    }

    private static String series(String counter, int status) {
        return counter + "{status=\"" + label(status) + "\"}";
    }

    private static String label(int status) {
        return (status + 1) + "xx";
    }

    private static int bytes(int status) {
        return (status + 1) * BYTES_PER_STATUS;
    }

    private long answers() {
        return writers.stream().mapToLong(writer -> writer.answers).sum();
    }

    private long answered(int status) {
        return writers.stream().mapToLong(writer -> writer.byStatus[status]).sum();
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("WRONG, it does not hold that " + what);
        }
    }

    private static void say(String what) {
        System.out.println("Java, " + (Forms.VECTOR ? "vector" : "direct") + " form: " + what);
    }

    private final class Writer extends Thread {
        private final DistributionDataPoint point = histogram.labelValues(METHOD);
        private final long[] byStatus = new long[MetricsOps.STATUSES];
        private long answers;
        private int next;

        Writer(int first) {
            next = first;
        }

        @Override
        public void run() {
            while (writing.get()) {
                answerMany();
                LockSupport.parkNanos(NANOS_BETWEEN_BURSTS);
            }
        }

        private void answerMany() {
            for (int i = 0; i < ANSWERS_OF_BURST; i++) {
                int status = next % byStatus.length;
                counters.count((status + 1) * 100, bytes(status));
                point.observe(SECONDS[next % SECONDS.length]);
                point.observe(Double.NaN);
                byStatus[status]++;
                answers++;
                next = (next + 1) % (byStatus.length * SECONDS.length);
            }
        }
    }
}
