// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class FormsTest {
    private static final int TURNS_ENOUGH = 1000;

    @Test
    void propertyChoosesTheForm() {
        assertThat(Forms.VECTOR).isEqualTo("vector".equals(System.getProperty(Forms.FORM_PROPERTY)));
    }

    @Test
    void vectorFormGivesWayInTheEnd() {
        assertThat(Forms.tryVector(0)).isTrue();
        int failures = 0;
        while (Forms.tryVector(failures) && failures < TURNS_ENOUGH) {
            failures++;
        }
        assertThat(failures).isBetween(1, TURNS_ENOUGH - 1);
    }

    @Test
    void closedMemoryIsRefusedUnderTheExclusion() {
        PerCpuMemory memory = PerCpuMemory.allocate(Long.BYTES, slot -> {});
        memory.requireOpen();
        memory.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(memory::requireOpen);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> CpuExclusion.enter(Cpus.possible()));
    }

    @Test
    void exclusionThatIsGivenBackCanBeTakenAgain() {
        for (int turn = 0; turn < 2; turn++) {
            int word = CpuExclusion.enter(0);
            CpuExclusion.WORDS[word] = CpuExclusion.FREE;
        }
        assertThat(OpVector.begin().barrier().execute(0)).isZero();
    }
}
