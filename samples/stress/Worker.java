// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.stress;

import dev.opvc.runtime.Cpus;
import java.util.SplittableRandom;

/** One of the threads that work on a subject. */
final class Worker {
    /** One of that many operations names any CPU. */
    private static final int ANY_CPU_SHARE = 8;

    /** One of that many operations is a vector that is built by hand, if both forms are stressed. */
    private static final int RAW_SHARE = 3;

    /** From 1. */
    final int name;

    final long operations;
    final SplittableRandom random;
    private final boolean usesBothForms;

    /** The kernel's number of the thread, or {@link Affinities#NO_THREAD} while there is none to be moved. */
    volatile int thread = Affinities.NO_THREAD;

    Worker(int name, long operations, long seed, boolean usesBothForms) {
        this.name = name;
        this.operations = operations;
        this.random = new SplittableRandom(seed);
        this.usesBothForms = usesBothForms;
    }

    /** The CPU to work on: mostly the one that the thread runs on, at times any possible one. */
    int chooseCpu() {
        if (random.nextInt(ANY_CPU_SHARE) != 0) {
            return Cpus.current();
        }
        int cpu;
        do {
            cpu = random.nextInt(Cpus.possible());
        } while (!Cpus.isPossible(cpu));
        return cpu;
    }

    /** Whether the next operation is to be a vector that is built by hand. */
    boolean choosesRawVector() {
        return usesBothForms && random.nextInt(RAW_SHARE) == 0;
    }
}
