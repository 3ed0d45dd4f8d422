// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The same work by what Java has: one word, two words, and fifteen words with 256 bytes that belong together. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PeerBenchmark {
    private static final int WORDS = 15;

    private final LongAdder firstAdder = new LongAdder();
    private final LongAdder secondAdder = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();
    private final Object monitor = new Object();
    private final long[] words = new long[WORDS];
    private final byte[] source = new byte[256];
    private final byte[] target = new byte[256];

    @Benchmark
    public void addOnceLongAdder() {
        firstAdder.add(1);
    }

    @Benchmark
    public void addTwiceTwoLongAdders() {
        firstAdder.add(1);
        secondAdder.add(5);
    }

    @Benchmark
    public void addTwiceSynchronized() {
        synchronized (monitor) {
            addTwo();
        }
    }

    @Benchmark
    public void addTwiceReentrantLock() {
        lock.lock();
        try {
            addTwo();
        } finally {
            lock.unlock();
        }
    }

    @Benchmark
    public void addFifteenTimesCopy256Synchronized() {
        synchronized (monitor) {
            addFifteenAndCopy();
        }
    }

    @Benchmark
    public void addFifteenTimesCopy256ReentrantLock() {
        lock.lock();
        try {
            addFifteenAndCopy();
        } finally {
            lock.unlock();
        }
    }

    private void addTwo() {
        words[0] += 1;
        words[1] += 5;
    }

    private void addFifteenAndCopy() {
        for (int i = 0; i < WORDS; i++) {
            words[i]++;
        }
        System.arraycopy(source, 0, target, 0, source.length);
    }
}
