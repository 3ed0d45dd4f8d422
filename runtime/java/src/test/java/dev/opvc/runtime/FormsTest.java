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
        long region = CpuExclusion.enter(0);
        try {
            assertThat(memory.slotIn(region)).isEqualTo(memory.slot(0));
        } finally {
            CpuExclusion.leave(region);
        }
        memory.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> memory.slotIn(region));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> CpuExclusion.enter(Cpus.possible()));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> CpuExclusion.enter(-2));
    }

    @Test
    void exclusionThatIsGivenBackCanBeTakenAgain() {
        for (int turn = 0; turn < 2; turn++) {
            CpuExclusion.leave(CpuExclusion.enter(0));
            CpuExclusion.leave(CpuExclusion.enter(CpuExclusion.CURRENT));
        }
        assertThat(OpVector.begin().barrier().execute(0)).isZero();
    }

    @Test
    void snapshotsNoticeWhoWorks() {
        long region = CpuExclusion.region(0);
        long version = CpuExclusion.version(region);
        assertThat(CpuExclusion.isStill(region, version)).isTrue();
        assertThat(CpuExclusion.enter(0)).isEqualTo(region);
        assertThat(CpuExclusion.version(region)).isEqualTo(CpuExclusion.BUSY);
        assertThat(CpuExclusion.isStill(region, version)).isFalse();
        CpuExclusion.leave(region);
        assertThat(CpuExclusion.isStill(region, version)).isFalse();
        assertThat(CpuExclusion.version(region)).isNotEqualTo(CpuExclusion.BUSY).isNotEqualTo(version);
    }
}
