// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuExclusionTest {
    private static final List<String> INITIALISED = new ArrayList<>();

    @Test
    void preparingInitialisesTheClassesNamed() {
        CpuExclusion.prepare();
        assertThat(INITIALISED).isEmpty();
        CpuExclusion.prepare(Memory.class, Once.class);
        CpuExclusion.prepare(Once.class);
        assertThat(INITIALISED).containsExactly("Once");
    }

    private static final class Once {
        static {
            INITIALISED.add("Once");
        }
    }
}
