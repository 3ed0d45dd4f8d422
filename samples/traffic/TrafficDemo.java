// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.traffic;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Forms;
import dev.opvc.runtime.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts packets from twice as many threads as there are CPUs, while another thread keeps taking the totals away. At
 * the end every packet must have been taken exactly once, and none of the totals may have been torn.
 */
public final class TrafficDemo {
    private static final int THREADS_PER_CPU = 2;
    private static final int PACKETS_PER_THREAD = 200_000;
    /** Bytes of a packet of each size class, so that what was counted in one field tells what the others must hold. */
    private static final long[] BYTES = {64, 256, 1_500, 9_000};

    private long packets;
    private long bytes;
    private long rounds;

    private TrafficDemo() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(new TrafficDemo().run() ? 0 : 1);
    }

    private boolean run() throws InterruptedException {
        int threads = THREADS_PER_CPU * Runtime.getRuntime().availableProcessors();
        try (Traffic traffic = Traffic.allocate()) {
            countAndTake(traffic, threads);
        }
        long expectedPackets = (long) threads * PACKETS_PER_THREAD;
        long expectedBytes = 0;
        for (int thread = 0; thread < threads; thread++) {
            expectedBytes += bytesOf(thread);
        }
        boolean right = packets == expectedPackets && bytes == expectedBytes;
        String form = Forms.VECTOR ? "vector" : "direct";
        System.out.printf(
                "Java, %s form: %d threads on %d possible CPUs, totals taken %d times%n",
                form, threads, Cpus.possible(), rounds);
        System.out.printf(
                "Java, %s form: %d packets of %d, %d bytes of %d: %s%n",
                form, packets, expectedPackets, bytes, expectedBytes, right ? "right" : "WRONG");
        return right;
    }

    private void countAndTake(Traffic traffic, int threads) throws InterruptedException {
        List<Thread> counters = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int seed = i;
            counters.add(new Thread(() -> count(traffic, seed)));
        }
        AtomicBoolean counting = new AtomicBoolean(true);
        Thread taker = new Thread(() -> {
            while (counting.get()) {
                takeAll(traffic);
            }
        });
        taker.start();
        counters.forEach(Thread::start);
        for (Thread counter : counters) {
            counter.join();
        }
        counting.set(false);
        taker.join();
        takeAll(traffic);
    }

    private static void count(Traffic traffic, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < PACKETS_PER_THREAD; i++) {
            int sizeClass = random.nextInt(TrafficOps.SIZE_CLASSES);
            traffic.count(BYTES[sizeClass], sizeClass);
        }
    }

    private static long bytesOf(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long sum = 0;
        for (int i = 0; i < PACKETS_PER_THREAD; i++) {
            sum += BYTES[random.nextInt(TrafficOps.SIZE_CLASSES)];
        }
        return sum;
    }

    private void takeAll(Traffic traffic) {
        long totals = Memory.allocate(Totals.SIZE);
        try {
            for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
                traffic.takeOn(cpu, totals);
                add(totals);
            }
        } finally {
            Memory.free(totals);
        }
    }

    private void add(long totals) {
        long ofClasses = 0;
        long bytesOfClasses = 0;
        for (int sizeClass = 0; sizeClass < TrafficOps.SIZE_CLASSES; sizeClass++) {
            ofClasses += Totals.bySize(totals, sizeClass);
            bytesOfClasses += Totals.bySize(totals, sizeClass) * BYTES[sizeClass];
        }
        if (ofClasses != Totals.packets(totals) || bytesOfClasses != Totals.bytes(totals)) {
            throw new IllegalStateException("these totals are torn: " + ofClasses + " packets by size, "
                    + Totals.packets(totals) + " packets; " + bytesOfClasses + " bytes by size, "
                    + Totals.bytes(totals) + " bytes");
        }
        packets += Totals.packets(totals);
        bytes += Totals.bytes(totals);
        rounds++;
    }
}
