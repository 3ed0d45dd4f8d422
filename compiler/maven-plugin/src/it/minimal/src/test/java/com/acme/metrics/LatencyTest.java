// SPDX-License-Identifier: Apache-2.0
package com.acme.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opvc.runtime.Cpus;
import org.junit.jupiter.api.Test;

class LatencyTest {
    @Test
    void countsObservations() {
        try (Latency latency = Latency.allocate()) {
            latency.record(3_500, 7);
            latency.record(500, 1);
            assertEquals(2, count(latency));
        }
    }

    private static long count(Latency latency) {
        long count = 0;
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            count += Latency.Slot.count(latency.slot(cpu));
        }
        return count;
    }
}
