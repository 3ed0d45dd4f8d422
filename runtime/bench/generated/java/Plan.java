// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import java.util.List;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long everything is measured.
 *
 * @param threads the numbers of threads, one after the other
 * @param rounds how often each way is measured with each number of threads, in turn with the others
 * @param forks processes for each of these: 1, or 0 to measure in this process and in its form only
 * @param warmUps iterations of a process that do not count
 * @param iterations those that do
 * @param time of one iteration
 */
record Plan(List<Integer> threads, int rounds, int forks, int warmUps, int iterations, TimeValue time) {
    /** Figures: a new process each time, because the JVM compiles the same code to faster or slower code by chance. */
    static Plan full(int rounds) {
        return new Plan(List.of(1, 2, 8), rounds, 1, 2, 3, TimeValue.milliseconds(200));
    }

    /** No figures, but a proof within seconds that everything still runs. */
    static Plan quick() {
        return new Plan(List.of(2), 1, 0, 0, 1, TimeValue.milliseconds(20));
    }
}
