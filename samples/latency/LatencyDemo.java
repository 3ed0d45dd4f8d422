// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.latency;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Forms;
import dev.opvc.runtime.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Four threads a CPU record latencies, each into a buffer that it takes off a free list and puts back. At the end every
 * observation has been counted once, and every buffer is on one list, once.
 */
public final class LatencyDemo {
    private static final int THREADS_PER_CPU = 4;
    private static final int OBSERVATIONS = 200_000;
    private static final int BUFFERS_PER_CPU = 8;
    private static final int LARGEST = 999;

    private final Latency latency = Latency.allocate();
    private final AtomicReference<String> wrong = new AtomicReference<>();

    private LatencyDemo() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(new LatencyDemo().run() ? 0 : 1);
    }

    private boolean run() throws InterruptedException {
        int buffers = BUFFERS_PER_CPU * Cpus.possible();
        for (int i = 0; i < buffers; i++) {
            latency.pushOn(i % Cpus.possible(), Memory.allocate(Buffer.SIZE));
        }
        int threads = THREADS_PER_CPU * Runtime.getRuntime().availableProcessors();
        long start = System.nanoTime();
        work(threads);
        double nanos = (double) (System.nanoTime() - start) * Runtime.getRuntime().availableProcessors();
        check(threads, buffers);
        latency.close();
        boolean right = wrong.get() == null;
        System.out.printf(
                "Java, %s form: %d threads, %d observations and buffers, about %.0f ns of a CPU for each: %s%n",
                Forms.VECTOR ? "vector" : "direct",
                threads,
                (long) threads * OBSERVATIONS,
                nanos / threads / OBSERVATIONS,
                right ? "all right" : "WRONG: " + wrong.get());
        return right;
    }

    private void work(int threads) throws InterruptedException {
        List<Thread> all = new ArrayList<>();
        for (int i = 1; i <= threads; i++) {
            int owner = i;
            all.add(new Thread(() -> observe(owner)));
        }
        all.forEach(Thread::start);
        for (Thread thread : all) {
            thread.join();
        }
    }

    private void observe(int owner) {
        Latency.PopResult popped = new Latency.PopResult();
        for (int i = 0; i < OBSERVATIONS; i++) {
            boolean hasBuffer = latency.pop(popped);
            if (hasBuffer) {
                use(popped.taken(), owner);
            }
            latency.record(i % (LARGEST + 1), i % LatencyOps.BUCKETS);
            if (hasBuffer) {
                latency.push(popped.taken());
            }
        }
    }

    /** A buffer that two threads had at once would show the other's mark. */
    private void use(long buffer, int owner) {
        Buffer.owner(buffer, owner);
        Thread.onSpinWait();
        if (Buffer.owner(buffer) != owner) {
            wrong.set("two threads had one buffer");
        }
    }

    private void check(int threads, int buffers) {
        Latency.TotalResult total = latency.total();
        long inBuckets = 0;
        for (int i = 0; i < Latency.TotalResult.BUCKET_LENGTH; i++) {
            inBuckets += total.bucket(i);
        }
        long expected = (long) threads * OBSERVATIONS;
        boolean complete = total.count() == expected
                && inBuckets == expected
                && total.sum() == (double) expected * LARGEST / 2
                && total.min() == 0
                && total.max() == LARGEST;
        if (!complete) {
            wrong.set(total.count() + " observations, " + inBuckets + " in buckets, sum " + total.sum() + ", "
                    + total.min() + " to " + total.max());
        }
        long free = 0;
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            free += release(Latency.Slot.free(latency.slot(cpu)), buffers);
        }
        if (free != buffers) {
            wrong.set(free + " buffers on the lists, of " + buffers);
        }
    }

    /** Gives back the buffers of a list; one that went on for ever would hold some twice. */
    private static long release(long first, int most) {
        long length = 0;
        for (long buffer = first; buffer != 0 && length <= most; length++) {
            long next = Buffer.next(buffer);
            Memory.free(buffer);
            buffer = next;
        }
        return length;
    }
}
