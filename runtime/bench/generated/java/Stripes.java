// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Histograms in an array, each behind its own lock, of which a thread uses the one that its id selects. There are four
 * or more for each CPU, so that eight threads on two CPUs have one each: the best case for stripes.
 */
final class Stripes {
    private static final int PER_CPU = 4;

    private final Stripe[] stripes =
            Stream.generate(Stripe::new).limit(length()).toArray(Stripe[]::new);

    /** A histogram whose object, too, shares no cache line with another one's. */
    @SuppressWarnings("unused")
    private static final class Stripe extends Histogram {
        private long gap0;
        private long gap1;
        private long gap2;
        private long gap3;
        private long gap4;
        private long gap5;
        private long gap6;
        private long gap7;
        private long gap8;
        private long gap9;
        private long gap10;
        private long gap11;
        private long gap12;
        private long gap13;
        private long gap14;
        private long gap15;
    }

    /** A power of two, so that a thread's id selects by its low bits. */
    private static int length() {
        int least = PER_CPU * Runtime.getRuntime().availableProcessors();
        return Integer.highestOneBit(2 * least - 1);
    }

    // Thread.threadId() exists from Java 19 only.
    @SuppressWarnings("deprecation")
    void record(double value, int index) {
        Stripe stripe = stripes[(int) Thread.currentThread().getId() & (stripes.length - 1)];
        synchronized (stripe) {
            stripe.record(value, index);
        }
    }

    Histogram total() {
        Histogram total = new Histogram();
        Arrays.stream(stripes).forEach(stripe -> addTo(total, stripe));
        return total;
    }

    private static void addTo(Histogram total, Stripe stripe) {
        synchronized (stripe) {
            stripe.addTo(total);
        }
    }
}
