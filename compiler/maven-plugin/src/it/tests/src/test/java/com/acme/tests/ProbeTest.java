// SPDX-License-Identifier: Apache-2.0
package com.acme.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opvc.runtime.Cpus;
import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void bumpsByTheImportedStep() {
        try (Probe probe = Probe.allocate()) {
            probe.bump();
            long sum = 0;
            for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
                sum += Probe.Slot.n(probe.slot(cpu));
            }
            assertEquals(3, sum);
        }
    }
}
