// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.stress;

import dev.opvc.runtime.internal.os.Affinity;
import java.util.BitSet;
import java.util.Random;

/** Moves the calling thread to another CPU now and then, so that it migrates in the middle of its work. */
final class Wanderer {
    private static final int STAY_NANOS_MAX = 400_000;

    private final BitSet home = Affinity.ofCallingThread();
    private final int[] cpus = home.stream().toArray();
    private final Random random;
    private long moveAt;

    Wanderer(long seed) {
        random = new Random(seed);
    }

    void step() {
        long now = System.nanoTime();
        if (now - moveAt >= 0) {
            BitSet one = new BitSet();
            one.set(cpus[random.nextInt(cpus.length)]);
            Affinity.bindCallingThread(one);
            moveAt = now + random.nextInt(STAY_NANOS_MAX);
        }
    }

    void goHome() {
        Affinity.bindCallingThread(home);
    }
}
