// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import dev.opvc.runtime.Cpus;
import java.util.stream.IntStream;

/** The CPUs that per-CPU memory has a slot for: numbers between them may be missing. */
final class Slots {
    static final int[] CPUS =
            IntStream.range(0, Cpus.possible()).filter(Cpus::isPossible).toArray();

    private Slots() {}
}
