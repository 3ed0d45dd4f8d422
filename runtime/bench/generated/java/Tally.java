// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How many operations the threads of one trial have done, for benchmarks that check that none got lost. */
@State(Scope.Benchmark)
public class Tally {
    private final Queue<Operations> threads = new ConcurrentLinkedQueue<>();

    void register(Operations thread) {
        threads.add(thread);
    }

    /** Asked when all threads have ended their work. */
    long operations() {
        return threads.stream().mapToLong(Operations::count).sum();
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("the benchmark's data are wrong: " + what);
        }
    }
}
