// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.stress;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import dev.opvc.runtime.OpVector;
import dev.opvc.samples.latency.Latency;
import dev.opvc.samples.latency.LatencyOps;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The histogram: five fields that change together. Every bucket stands for one value, so that the buckets tell what
 * count, sum, minimum and maximum must be; all sums are exact in a double.
 */
final class HistogramSubject implements Subject {
    private final Latency latency = Latency.allocate();
    private final long copy = Memory.allocate(Latency.Slot.SIZE);

    /** By bucket: how many observations the workers have made. */
    private final AtomicLongArray observed = new AtomicLongArray(LatencyOps.BUCKETS);

    @Override
    public void work(Worker worker) {
        long[] own = new long[LatencyOps.BUCKETS];
        for (long i = 0; i < worker.operations; i++) {
            int cpu = worker.chooseCpu();
            int bucket = worker.random.nextInt(LatencyOps.BUCKETS);
            if (worker.choosesRawVector()) {
                recordRaw(cpu, valueOf(bucket), bucket);
            } else {
                latency.recordOn(cpu, valueOf(bucket), bucket);
            }
            own[bucket]++;
        }
        for (int bucket = 0; bucket < LatencyOps.BUCKETS; bucket++) {
            observed.addAndGet(bucket, own[bucket]);
        }
    }

    private static double valueOf(int bucket) {
        return (bucket + 1) * 0.25;
    }

    /** {@link Latency#recordOn} as a vector that is built by hand. */
    private void recordRaw(int cpu, double value, int bucket) {
        long slot = latency.slot(cpu);
        long bucketAt = Latency.Slot.bucket(slot) + (long) bucket * Long.BYTES;
        OpVector vector;
        do {
            double sum = Latency.Slot.sum(slot);
            double min = Latency.Slot.min(slot);
            double max = Latency.Slot.max(slot);
            vector = OpVector.begin().within(latency.memory());
            vector.compareEq(slot + Latency.Slot.SUM_OFFSET, cell(vector, sum), Double.BYTES)
                    .compareEq(slot + Latency.Slot.MIN_OFFSET, cell(vector, min), Double.BYTES)
                    .compareEq(slot + Latency.Slot.MAX_OFFSET, cell(vector, max), Double.BYTES)
                    .add(slot + Latency.Slot.COUNT_OFFSET, 1, Long.BYTES)
                    .memcpy(slot + Latency.Slot.SUM_OFFSET, cell(vector, sum + value), Double.BYTES)
                    .memcpy(slot + Latency.Slot.MIN_OFFSET, cell(vector, Math.min(min, value)), Double.BYTES)
                    .memcpy(slot + Latency.Slot.MAX_OFFSET, cell(vector, Math.max(max, value)), Double.BYTES)
                    .add(bucketAt, 1, Long.BYTES);
        } while (vector.execute(cpu) != 0);
    }

    private static long cell(OpVector vector, double value) {
        return vector.cell(Double.doubleToRawLongBits(value), Double.BYTES);
    }

    /** The transaction here is to become a query. */
    @Override
    public void checkSlot(int cpu, SplittableRandom random) {
        StressOps.copyOn(cpu, latency, copy);
        check(copy, "between two transactions");
    }

    /** Checks that all fields tell of the same observations. */
    private static void check(long slot, String when) {
        long count = 0;
        double sum = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int bucket = 0; bucket < LatencyOps.BUCKETS; bucket++) {
            long inBucket = Latency.Slot.bucket(slot, bucket);
            count += inBucket;
            sum += valueOf(bucket) * inBucket;
            if (inBucket != 0) {
                min = Math.min(min, valueOf(bucket));
                max = Math.max(max, valueOf(bucket));
            }
        }
        if (count != Latency.Slot.count(slot)
                || sum != Latency.Slot.sum(slot)
                || min != Latency.Slot.min(slot)
                || max != Latency.Slot.max(slot)) {
            throw Stress.fail("histogram, " + when + ": count " + Latency.Slot.count(slot) + ", sum "
                    + Latency.Slot.sum(slot) + ", " + Latency.Slot.min(slot) + " to " + Latency.Slot.max(slot)
                    + "; the buckets say " + count + ", " + sum + ", " + min + " to " + max);
        }
    }

    @Override
    public void finish(long operations) {
        long count = 0;
        long[] counted = new long[LatencyOps.BUCKETS];
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            if (Cpus.isPossible(cpu)) {
                long slot = latency.slot(cpu);
                check(slot, "at the end");
                count += Latency.Slot.count(slot);
                for (int bucket = 0; bucket < LatencyOps.BUCKETS; bucket++) {
                    counted[bucket] += Latency.Slot.bucket(slot, bucket);
                }
            }
        }
        for (int bucket = 0; bucket < LatencyOps.BUCKETS; bucket++) {
            if (counted[bucket] != observed.get(bucket)) {
                throw Stress.fail("histogram: " + counted[bucket] + " of " + observed.get(bucket) + " in a bucket");
            }
        }
        if (count != operations) {
            throw Stress.fail("histogram: " + count + " observations of " + operations);
        }
        latency.close();
        Memory.free(copy);
    }
}
