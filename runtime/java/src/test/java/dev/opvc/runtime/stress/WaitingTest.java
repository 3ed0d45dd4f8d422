// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.opvc.runtime.CpuExclusion;
import dev.opvc.runtime.Cpus;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A holder that does not run, which this thread plays, and who has to wait for it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitingTest {
    private static final int ROUNDS = 5000;
    private static final long PATIENCE_SECONDS = 30;

    @Test
    void nobodyWaitsWhileAnotherCpuIsFree() throws InterruptedException {
        assumeTrue(Cpus.possible() > 1, "left out: one CPU only");
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            long held = CpuExclusion.enter(cpu);
            try {
                assertThat(manyEnter(CpuExclusion.CURRENT).await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("others work while CPU %d is taken", cpu)
                        .isTrue();
            } finally {
                CpuExclusion.leave(held);
            }
        }
    }

    @Test
    void whoNamesTheCpuWaits() throws InterruptedException {
        long held = CpuExclusion.enter(0);
        CountDownLatch done;
        try {
            done = manyEnter(0);
            assertThat(done.await(50, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            CpuExclusion.leave(held);
        }
        assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private static CountDownLatch manyEnter(int cpu) {
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                CpuExclusion.leave(CpuExclusion.enter(cpu));
            }
            done.countDown();
        });
        thread.setDaemon(true);
        thread.start();
        return done;
    }
}
