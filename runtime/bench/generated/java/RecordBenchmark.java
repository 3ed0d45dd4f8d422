// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import dev.opvc.samples.latency.Latency;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Records one observation: count, sum, least, greatest and a bucket change together. */
@State(Scope.Benchmark)
public class RecordBenchmark {
    private final Latency latency = Latency.allocate();
    private final Histogram shared = new Histogram();
    private final Histogram locked = new Histogram();
    private final ReentrantLock lock = new ReentrantLock();
    private final Histogram plain = new Histogram();
    private final AtomicBoolean word = new AtomicBoolean();
    private final Stripes stripes = new Stripes();

    @Benchmark
    public void opvc(Operations operation) {
        operation.next();
        latency.record(operation.value(), operation.bucket());
    }

    @Benchmark
    public void synchronizedObject(Operations operation) {
        operation.next();
        synchronized (shared) {
            shared.record(operation.value(), operation.bucket());
        }
    }

    @Benchmark
    public void reentrantLock(Operations operation) {
        operation.next();
        lock.lock();
        try {
            locked.record(operation.value(), operation.bucket());
        } finally {
            lock.unlock();
        }
    }

    @Benchmark
    public void bareWord(Operations operation) {
        operation.next();
        while (!word.weakCompareAndSetAcquire(false, true)) {
            Thread.onSpinWait();
        }
        plain.record(operation.value(), operation.bucket());
        word.setRelease(false);
    }

    @Benchmark
    public void synchronizedStripes(Operations operation) {
        operation.next();
        stripes.record(operation.value(), operation.bucket());
    }

    @TearDown
    public void check(Tally tally) {
        Latency.TotalResult total = latency.total();
        long counted = 0;
        for (int i = 0; i < Histogram.BUCKETS; i++) {
            counted += total.bucket(i);
        }
        latency.close();
        Tally.require(counted == total.count(), total.count() + " observations, but " + counted + " in buckets");
        long recorded = total.count()
                + shared.count()
                + locked.count()
                + plain.count()
                + stripes.total().count();
        Tally.require(recorded == tally.operations(), recorded + " observations, not " + tally.operations());
    }
}
