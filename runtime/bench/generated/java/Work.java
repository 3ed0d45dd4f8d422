// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import dev.opvc.runtime.Forms;
import java.util.ArrayList;
import java.util.List;

/**
 * One table: work that is done in several ways.
 *
 * @param title what is done
 * @param benchmark the class whose methods do it
 * @param ways the table's rows; the first is the peer that the others are compared with
 */
record Work(String title, Class<?> benchmark, List<Way> ways) {
    /** The form that generated code has in the processes that measure a way. */
    enum Form {
        DIRECT("direct"),
        VECTOR("vector");

        final String property;

        Form(String property) {
            this.property = property;
        }

        static Form ofThisProcess() {
            return Forms.VECTOR ? VECTOR : DIRECT;
        }
    }

    /** A method of the benchmark. The peers' are measured where the form is direct, which is nothing to them. */
    record Way(String label, String method, Form form) {
        static Way peer(String label, String method) {
            return new Way(label, method, Form.DIRECT);
        }
    }

    private static final String OPVC = "opvc";

    /** All that is measured. */
    static final List<Work> ALL = List.of(
            of(
                    "Java: record an observation",
                    RecordBenchmark.class,
                    Way.peer("synchronized object", "synchronizedObject"),
                    Way.peer("ReentrantLock", "reentrantLock"),
                    Way.peer("compare-and-swap of one word, plain updates", "bareWord"),
                    Way.peer("synchronized stripes by thread id", "synchronizedStripes")),
            of(
                    "Java: find the bucket and record",
                    SearchBenchmark.class,
                    Way.peer("OpenTelemetry SDK", "openTelemetry"),
                    Way.peer("Prometheus client", "prometheus"),
                    Way.peer("Micrometer", "micrometer"),
                    Way.peer("HdrHistogram Recorder", "hdrRecorder"),
                    Way.peer("synchronized object", "synchronizedObject")),
            of(
                    "Java: observe, registered with Prometheus' client",
                    PrometheusBenchmark.class,
                    Way.peer("Prometheus client", "prometheus")),
            of(
                    "Java: record with attributes, 1 set, for OpenTelemetry's SDK",
                    AttributesBenchmark.One.class,
                    Way.peer("OpenTelemetry SDK", "openTelemetry")),
            of(
                    "Java: record with attributes, 128 sets in turn, for OpenTelemetry's SDK",
                    AttributesBenchmark.Many.class,
                    Way.peer("OpenTelemetry SDK", "openTelemetry")),
            of(
                    "Java: add to a counter",
                    AddBenchmark.class,
                    Way.peer("LongAdder", "longAdder"),
                    Way.peer("JCTools striped counter", "stripedCounter"),
                    Way.peer("AtomicLong", "atomicLong")),
            of(
                    "Java: add to two words",
                    TwoAddsBenchmark.class,
                    Way.peer("two LongAdders", "twoLongAdders"),
                    Way.peer("synchronized object", "synchronizedObject")),
            of(
                    "Java: pop and push a buffer",
                    FreeListBenchmark.class,
                    Way.peer("synchronized ArrayDeque", "synchronizedStack"),
                    Way.peer("Treiber stack", "treiberStack"),
                    Way.peer("ConcurrentLinkedDeque", "concurrentLinkedDeque"),
                    Way.peer("JCTools MPMC queue", "mpmcQueue"),
                    Way.peer("deque of the thread's own", "dequeOfTheThread")),
            of(
                    "Java: append and take a record of 64 bytes",
                    RingBenchmark.class,
                    Way.peer("synchronized ring", "synchronizedRing")),
            of(
                    "Java: total of a histogram",
                    TotalBenchmark.class,
                    Way.peer("sum of the synchronized stripes", "synchronizedStripes")));

    /** The peers, the one to compare with first, and what opvc generates. */
    private static Work of(String title, Class<?> benchmark, Way... peers) {
        List<Way> ways = new ArrayList<>(List.of(peers));
        ways.add(new Way("opvc, direct form", OPVC, Form.DIRECT));
        ways.add(new Way("opvc, vector form", OPVC, Form.VECTOR));
        return new Work(title, benchmark, List.copyOf(ways));
    }

    Way peer() {
        return ways.get(0);
    }

    /** The name by which JMH knows a way. */
    String name(Way way) {
        return benchmark.getCanonicalName() + "." + way.method();
    }
}
