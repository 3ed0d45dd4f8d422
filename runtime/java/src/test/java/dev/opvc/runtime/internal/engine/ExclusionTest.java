// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.opvc.runtime.internal.memory.Regions;
import dev.opvc.runtime.internal.os.PossibleCpus;
import dev.opvc.runtime.internal.os.RawMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExclusionTest {
    private static final int FIRST_CPU = PossibleCpus.after(-1);
    private static final String REFUSAL = "no id";

    /** Asked where the thread ran, where it runs, and where it goes if that is taken. */
    private static final int ANSWERS_MAX = 4;

    @Test
    void noNumberOfHoldersMakesAnOldVersionCurrent() {
        long region = Exclusion.enter(FIRST_CPU);
        RawMemory.putLong(region + Regions.VERSION_OFFSET, 0xFFFF_FFFFL);
        Exclusion.leave(region);
        long before = Exclusion.version(region);
        Exclusion.leave(Exclusion.enter(FIRST_CPU));
        assertThat(before).isEqualTo(0xFFFF_FFFFL);
        assertThat(Exclusion.isStill(region, before)).isFalse();
        assertThat(Exclusion.isStill(region, 0)).isFalse();
        assertThat(Exclusion.version(region)).isEqualTo(0x1_0000_0000L);
    }

    /** A thread's class may have any code where the runtime asks for the thread's id. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aThreadThatThrowsWhenAskedForItsIdLeavesNoWordTaken() throws InterruptedException {
        assumeTrue(PossibleCpus.after(FIRST_CPU) != FIRST_CPU, "left out: a single CPU");
        long taken = Exclusion.enter(FIRST_CPU);
        try {
            for (int answers = 0; answers <= ANSWERS_MAX; answers++) {
                Stubborn thread = new Stubborn(taken, answers);
                thread.start();
                thread.join();
                for (int cpu = PossibleCpus.after(FIRST_CPU); cpu != FIRST_CPU; cpu = PossibleCpus.after(cpu)) {
                    assertThat(Exclusion.version(Regions.region(cpu)))
                            .as("CPU %d after %d answers", cpu, answers)
                            .isNotEqualTo(Exclusion.BUSY);
                }
            }
        } finally {
            Exclusion.leave(taken);
        }
    }

    /** Enters and leaves, but gives its id a few times only. */
    private static final class Stubborn extends Thread {
        private final long taken;
        private final int answers;
        private int asked = Integer.MIN_VALUE;

        Stubborn(long taken, int answers) {
            this.taken = taken;
            this.answers = answers;
        }

        @Override
        public void run() {
            CurrentCpu.remember(taken);
            asked = 0;
            try {
                Exclusion.leave(Exclusion.enterCurrent());
            } catch (UnsupportedOperationException e) {
                assertThat(e).hasMessage(REFUSAL);
            }
        }

        @Override
        @SuppressWarnings("deprecation")
        public long getId() {
            if (asked++ >= answers) {
                throw new UnsupportedOperationException(REFUSAL);
            }
            return 1;
        }
    }
}
