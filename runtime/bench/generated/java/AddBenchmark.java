// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jctools.counters.CountersFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Adds to one word. */
@State(Scope.Benchmark)
public class AddBenchmark {
    /** Four for each CPU, as the stripes of histograms. */
    private static final int STRIPES = 4 * Runtime.getRuntime().availableProcessors();

    private final Counter counter = Counter.allocate();
    private final LongAdder adder = new LongAdder();
    private final AtomicLong atomic = new AtomicLong();
    private final org.jctools.counters.Counter striped = CountersFactory.createFixedSizeStripedCounter(STRIPES);

    @Benchmark
    public void opvc(Operations operation) {
        operation.next();
        counter.add(1);
    }

    @Benchmark
    public void longAdder(Operations operation) {
        operation.next();
        adder.add(1);
    }

    @Benchmark
    public void stripedCounter(Operations operation) {
        operation.next();
        striped.inc();
    }

    @Benchmark
    public void atomicLong(Operations operation) {
        operation.next();
        atomic.addAndGet(1);
    }

    @TearDown
    public void check(Tally tally) {
        long counted = counter.total() + adder.sum() + atomic.get() + striped.get();
        counter.close();
        Tally.require(counted == tally.operations(), counted + " additions, not " + tally.operations());
    }
}
