// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OffsetPoolTest {
    private static final long FIRST = 128;
    private static final long LIMIT = 64 * 1024;
    private static final int ROUNDS = 20_000;

    @Test
    void rangesNeverOverlapAndAllOfThemComeBack() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        OffsetPool pool = new OffsetPool(FIRST, LIMIT);
        TreeMap<Long, Long> taken = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            if (taken.isEmpty() || random.nextInt(5) < 3) {
                long size = 128L * (1 + random.nextInt(40));
                long offset = pool.take(size);
                if (offset != OffsetPool.NONE) {
                    Map.Entry<Long, Long> before = taken.floorEntry(offset);
                    assertThat(before == null || before.getKey() + before.getValue() <= offset)
                            .as("seed %d", seed)
                            .isTrue();
                    Long after = taken.ceilingKey(offset);
                    assertThat(after == null || offset + size <= after)
                            .as("seed %d", seed)
                            .isTrue();
                    assertThat(offset).isGreaterThanOrEqualTo(FIRST);
                    assertThat(offset + size).isLessThanOrEqualTo(LIMIT);
                    taken.put(offset, size);
                }
            } else {
                Long offset = taken.ceilingKey((long) random.nextInt((int) LIMIT));
                long given = offset == null ? taken.firstKey() : offset;
                pool.give(given, Objects.requireNonNull(taken.remove(given)));
            }
        }
        taken.forEach(pool::give);
        assertThat(pool.take(LIMIT - FIRST)).isEqualTo(FIRST);
        assertThat(pool.take(1)).isEqualTo(OffsetPool.NONE);
    }
}
