// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opvc.runtime.internal.os.Affinity;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class CpusTest {
    @Test
    void everySlotBelowPossibleIsNamedAndNothingAboveIs() {
        assertThat(Cpus.possible()).isPositive();
        assertThat(Cpus.isPossible(Cpus.possible() - 1)).isTrue();
        assertThat(Cpus.isPossible(Cpus.possible())).isFalse();
        assertThat(Cpus.isPossible(-1)).isFalse();
        assertThat(Cpus.isPossible(Integer.MIN_VALUE)).isFalse();
        assertThat(Cpus.isPossible(Integer.MAX_VALUE)).isFalse();
    }

    @Test
    void possibleCoversTheAffinityMask() {
        assertThat(Cpus.possible())
                .isGreaterThanOrEqualTo(Affinity.ofCallingThread().length());
    }

    @Test
    void anImpossibleCpuIsNamedWithTheRange() {
        assertThat(Cpus.checkPossible(Cpus.possible() - 1)).isEqualTo(Cpus.possible() - 1);
        assertThatThrownBy(() -> Cpus.checkPossible(Cpus.possible()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CPU " + Cpus.possible() + " is not possible")
                .hasMessageContaining("0");
    }

    @Test
    void theHintFollowsAMigrationWithinItsLifetime() {
        BitSet before = Affinity.ofCallingThread();
        try {
            before.stream().forEach(cpu -> {
                BitSet only = new BitSet();
                only.set(cpu);
                assertThat(Affinity.bindCallingThread(only)).isZero();
                int hint = -1;
                for (int call = 0; call <= 256; call++) {
                    hint = Cpus.current();
                    assertThat(Cpus.isPossible(hint)).isTrue();
                }
                assertThat(hint).isEqualTo(cpu);
            });
        } finally {
            Affinity.bindCallingThread(before);
        }
    }
}
