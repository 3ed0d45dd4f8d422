// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PossibleCpusTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|{0}", "0-3|{0, 1, 2, 3}", "0,2-3,7|{0, 2, 3, 7}", "' 5-6 '|{5, 6}"})
    void readsTheKernelsLists(String text, String cpus) {
        assertThat(CpuLists.parse(text)).hasToString(cpus);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "3-1", "1,", "-1", "0-99999999999"})
    void refusesWhatIsNoList(String text) {
        assertThatThrownBy(() -> CpuLists.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a list of CPUs");
    }

    @Test
    void withoutTheKernelsListCoversTheAffinityMask(@TempDir Path folder) throws IOException {
        BitSet affinity = Affinity.ofCallingThread();
        Path broken = folder.resolve("possible");
        Files.writeString(broken, "what is this");
        for (Path list : new Path[] {folder.resolve("absent"), broken}) {
            BitSet possible = PossibleCpus.read(list);
            assertThat(possible.length()).isGreaterThanOrEqualTo(affinity.length());
            assertThat(possible.cardinality()).isEqualTo(possible.length());
        }
    }
}
