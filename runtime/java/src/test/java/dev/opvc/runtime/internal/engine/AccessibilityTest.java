// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.opvc.runtime.conformance.TestRegion;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to ask about memory gives the same answers. */
class AccessibilityTest {
    private static final int PAGE = TestRegion.PAGE_BYTES;

    static Stream<Accessibility> ways() {
        return Stream.of(
                new PopulateAccessibility(),
                new ReadAndMapsAccessibility(),
                (address, len, write) -> Mappings.ofThisProcess().allow(address, len, write));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void tellsReadableFromWritableFromMissing(Accessibility way) {
        assumeTrue(
                !(way instanceof PopulateAccessibility) || PopulateAccessibility.isSupported(),
                "left out: this kernel has no MADV_POPULATE_READ");
        try (TestRegion region = new TestRegion(4)) {
            long start = region.address();
            region.protect(2, true);
            region.protect(3, false);
            assertThat(way.isAccessible(start, 2 * PAGE, true)).isTrue();
            assertThat(way.isAccessible(start + 2 * PAGE - 4, 8, false)).isTrue();
            assertThat(way.isAccessible(start + 2 * PAGE - 4, 8, true)).isFalse();
            assertThat(way.isAccessible(start + 2 * PAGE - 8, 8, true)).isTrue();
            assertThat(way.isAccessible(start + 2 * PAGE, PAGE, false)).isTrue();
            assertThat(way.isAccessible(start + 2 * PAGE, PAGE + 1, false)).isFalse();
            assertThat(way.isAccessible(start + 3 * PAGE, 1, false)).isFalse();
            assertThat(way.isAccessible(start + 3 * PAGE, 1, true)).isFalse();
            assertThat(way.isAccessible(16, 1, false)).isFalse();
            assertThat(way.isAccessible(16, 1, true)).isFalse();
        }
    }
}
