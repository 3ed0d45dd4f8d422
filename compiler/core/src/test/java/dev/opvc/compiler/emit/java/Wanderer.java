// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import dev.opvc.runtime.internal.os.Affinity;
import java.util.BitSet;
import java.util.Random;

/** Has the calling thread change CPUs at random, and lets it run where it might before in the end. */
final class Wanderer implements AutoCloseable {
    private final BitSet home = Affinity.ofCallingThread();
    private final int[] cpus = home.stream().toArray();
    private final Random random;
    private final int stayMax;
    private int stay;

    /** @param stayMax steps that it stays on one CPU, at most */
    Wanderer(Random random, int stayMax) {
        this.random = random;
        this.stayMax = stayMax;
    }

    /** Goes to another CPU, or not yet. */
    void step() {
        if (--stay < 0) {
            BitSet one = new BitSet();
            one.set(cpus[random.nextInt(cpus.length)]);
            Affinity.bindCallingThread(one);
            stay = random.nextInt(stayMax);
        }
    }

    @Override
    public void close() {
        Affinity.bindCallingThread(home);
    }
}
