// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Adds to two words. They change together, but for the two adders, of which a reader may see one change alone. */
@State(Scope.Benchmark)
public class TwoAddsBenchmark {
    private final Pair pair = Pair.allocate();
    private final LongAdder countAdder = new LongAdder();
    private final LongAdder sumAdder = new LongAdder();
    private final Object lock = new Object();
    private long count;
    private long sum;

    @Benchmark
    public void opvc(Operations operation) {
        operation.next();
        pair.addBoth(1);
    }

    @Benchmark
    public void twoLongAdders(Operations operation) {
        operation.next();
        countAdder.add(1);
        sumAdder.add(1);
    }

    @Benchmark
    public void synchronizedObject(Operations operation) {
        operation.next();
        synchronized (lock) {
            count++;
            sum++;
        }
    }

    @TearDown
    public void check(Tally tally) {
        Pair.TotalsResult totals = pair.totals();
        pair.close();
        long counted = totals.count() + countAdder.sum() + count;
        long summed = totals.sum() + sumAdder.sum() + sum;
        Tally.require(counted == tally.operations(), counted + " counted, not " + tally.operations());
        Tally.require(summed == tally.operations(), summed + " added up, not " + tally.operations());
    }
}
