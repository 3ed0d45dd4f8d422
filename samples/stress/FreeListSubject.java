// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.stress;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import dev.opvc.runtime.OpVector;
import dev.opvc.samples.latency.Buffer;
import dev.opvc.samples.latency.Latency;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The free list: every buffer is on one list, or has one holder, whose mark it carries. There are fewer buffers than
 * the workers would hold, so that lists run empty.
 */
final class FreeListSubject implements Subject {
    private static final int BUFFERS = 16;
    private static final int HELD_MAX = 3;
    private static final int NOBODY = 0;
    private static final int NO_BUFFER = 0;

    private final Latency latency = Latency.allocate();
    private final long buffers = Memory.allocate((long) BUFFERS * Buffer.SIZE);

    /** Each buffer's mark once more, so that one is seen and left in one step. */
    private final AtomicLongArray marks = new AtomicLongArray(BUFFERS);

    private final StressOps.LookAtFirstResult first = new StressOps.LookAtFirstResult();

    FreeListSubject() {
        int cpu = 0;
        for (int i = 0; i < BUFFERS; i++) {
            do {
                cpu = (cpu + 1) % Cpus.possible();
            } while (!Cpus.isPossible(cpu));
            latency.pushOn(cpu, buffers + (long) i * Buffer.SIZE);
        }
    }

    @Override
    public void work(Worker worker) {
        Hand hand = new Hand(worker);
        for (long i = 0; i < worker.operations; i++) {
            boolean takes = worker.random.nextBoolean();
            if (hand.count == 0 || (takes && hand.count < HELD_MAX)) {
                hand.pop();
            } else {
                hand.push();
            }
        }
        while (hand.count != 0) {
            hand.push();
        }
    }

    /** What a worker has taken and not put back. */
    private final class Hand {
        private final Worker worker;
        private final long[] held = new long[HELD_MAX];
        private final Latency.PopResult popped = new Latency.PopResult();
        private int count;

        Hand(Worker worker) {
            this.worker = worker;
        }

        void pop() {
            long buffer = take(worker.chooseCpu());
            if (buffer != NO_BUFFER) {
                mark(buffer, NOBODY, worker.name);
                held[count++] = buffer;
            }
        }

        private long take(int cpu) {
            if (worker.choosesRawVector()) {
                return popRaw(cpu);
            }
            return latency.popOn(cpu, popped) ? popped.taken() : NO_BUFFER;
        }

        /** Puts back any of those in the hand. */
        void push() {
            int cpu = worker.chooseCpu();
            int which = worker.random.nextInt(count);
            long buffer = held[which];
            held[which] = held[--count];
            mark(buffer, worker.name, NOBODY);
            if (worker.choosesRawVector()) {
                pushRaw(cpu, buffer);
            } else {
                latency.pushOn(cpu, buffer);
            }
        }
    }

    /** {@link Latency#popOn} as a vector that is built by hand. */
    private long popRaw(int cpu) {
        long free = latency.slot(cpu) + Latency.Slot.FREE_OFFSET;
        long head;
        OpVector vector;
        do {
            head = Memory.getAddress(free);
            if (head == NO_BUFFER) {
                return NO_BUFFER;
            }
            vector = OpVector.begin().within(latency.memory());
            vector.compareEq(free, vector.cell(head, Long.BYTES), Long.BYTES)
                    .memcpy(free, head + Buffer.NEXT_OFFSET, Long.BYTES);
        } while (vector.execute(cpu) != 0);
        return head;
    }

    /** {@link Latency#pushOn} as a vector that is built by hand. */
    private void pushRaw(int cpu, long buffer) {
        long free = latency.slot(cpu) + Latency.Slot.FREE_OFFSET;
        OpVector vector = OpVector.begin().within(latency.memory());
        vector.memcpy(buffer + Buffer.NEXT_OFFSET, free, Long.BYTES)
                .memcpy(free, vector.cell(buffer, Long.BYTES), Long.BYTES)
                .execute(cpu);
    }

    /** Marks a buffer, which carried another mark. */
    private void mark(long buffer, long before, long after) {
        checkIsOurs(buffer);
        int index = (int) ((buffer - buffers) / Buffer.SIZE);
        long found = marks.getAndSet(index, after);
        long inBuffer = Buffer.owner(buffer);
        Buffer.owner(buffer, after);
        if (found != before || inBuffer != before) {
            throw Stress.fail("free list: a buffer of " + before + " has the marks of " + found + " and " + inBuffer);
        }
    }

    private void checkIsOurs(long buffer) {
        long offset = buffer - buffers;
        if (offset < 0 || offset >= (long) BUFFERS * Buffer.SIZE || offset % Buffer.SIZE != 0) {
            throw Stress.fail("free list: " + buffer + " is no buffer");
        }
    }

    /** What is on a list carries nobody's mark. The transaction here is to become a query. */
    @Override
    public void checkSlot(int cpu, SplittableRandom random) {
        if (StressOps.lookAtFirstOn(cpu, latency, first)) {
            checkIsOurs(first.first());
            if (first.owner() != NOBODY) {
                throw Stress.fail("free list: a buffer of " + first.owner() + " is on a list");
            }
        }
    }

    @Override
    public void finish(long operations) {
        int listed = 0;
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            listed += Cpus.isPossible(cpu) ? countList(Latency.Slot.free(latency.slot(cpu))) : 0;
        }
        if (listed != BUFFERS) {
            throw Stress.fail("free list: " + listed + " buffers of " + BUFFERS);
        }
        latency.close();
        Memory.free(buffers);
    }

    /** Marks what is on the list, so that a buffer that is there twice is found. */
    private int countList(long first) {
        int count = 0;
        for (long buffer = first; buffer != NO_BUFFER; buffer = Buffer.next(buffer)) {
            mark(buffer, NOBODY, Stress.WORKERS + 1);
            count++;
        }
        return count;
    }
}
