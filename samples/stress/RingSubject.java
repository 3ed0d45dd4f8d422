// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.stress;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import dev.opvc.runtime.OpVector;
import dev.opvc.samples.ring.Ring;
import dev.opvc.samples.ring.RingOps;
import dev.opvc.samples.ring.RingRecord;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** The ring buffer: every record arrives once, whole, in the ring's order, and in each ring in its writer's. */
final class RingSubject implements Subject {
    /** A message's layout: a writer, a number, and a text whose length depends on the number. */
    private static final int WRITER_OFFSET = 0;

    private static final int NUMBER_OFFSET = 4;
    private static final int TEXT_OFFSET = 8;
    private static final int TEXT_MAX = RingOps.PAYLOAD - TEXT_OFFSET;

    /** Of the vector of {@link #appendRaw}: the comparison that finds the ring full. */
    private static final int RAW_FULL = 2;

    private final Ring ring = Ring.allocate();
    private final long record = Memory.allocate(RingRecord.SIZE);
    private final long lookedAt = Memory.allocate(RingRecord.SIZE);
    private final StressOps.LookAtRecordResult positions = new StressOps.LookAtRecordResult();
    private final Progress[] progress = new Progress[Cpus.possible()];
    private final int numbers;
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong written = new AtomicLong();

    /** Of each writer, by number, whether the message has arrived. */
    private final boolean[][] arrived;

    private long taken;

    /** What the reader knows of one ring. */
    private static final class Progress {
        private long sequence;
        private long lost;
        /** By writer: the number that its next message from this ring has at least. */
        private final int[] next = new int[Stress.WORKERS];
    }

    RingSubject(long operations) {
        numbers = (int) (operations / Stress.WORKERS + 1);
        arrived = new boolean[Stress.WORKERS][numbers];
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            progress[cpu] = new Progress();
        }
    }

    @Override
    public void work(Worker worker) {
        long message = Memory.allocate(RingOps.PAYLOAD);
        long times = 0;
        for (int number = 0; number < worker.operations; number++) {
            int length = write(message, worker.name, number);
            while (!append(worker, message, length)) {
                ring.lose();
                times++;
                Thread.yield();
            }
        }
        refused.addAndGet(times);
        written.addAndGet(worker.operations);
        Memory.free(message);
    }

    private boolean append(Worker worker, long message, int length) {
        int cpu = worker.chooseCpu();
        return worker.choosesRawVector() ? appendRaw(cpu, message, length) : ring.appendOn(cpu, message, length);
    }

    /** {@link Ring#appendOn} as a vector that is built by hand. */
    private boolean appendRaw(int cpu, long message, int length) {
        long slot = ring.slot(cpu);
        int stopped;
        do {
            long head = Ring.Slot.head(slot);
            long at = slot + Ring.Slot.RECORD_OFFSET + head % RingOps.RECORDS * RingRecord.SIZE;
            OpVector vector = OpVector.begin().within(ring.memory());
            long headCell = vector.cell(head, Long.BYTES);
            long fullCell = vector.cell(head - RingOps.RECORDS, Long.BYTES);
            stopped = vector.compareEq(slot + Ring.Slot.HEAD_OFFSET, headCell, Long.BYTES)
                    .compareNe(slot + Ring.Slot.TAIL_OFFSET, fullCell, Long.BYTES)
                    .memcpy(at + RingRecord.SEQUENCE_OFFSET, headCell, Long.BYTES)
                    .memcpy(at + RingRecord.LOST_OFFSET, slot + Ring.Slot.LOST_OFFSET, Long.BYTES)
                    .memcpy(at + RingRecord.LENGTH_OFFSET, vector.cell(length, Integer.BYTES), Integer.BYTES)
                    .memcpy(at + RingRecord.PAYLOAD_OFFSET, message, length)
                    .barrier()
                    .memcpy(slot + Ring.Slot.HEAD_OFFSET, vector.cell(head + 1, Long.BYTES), Long.BYTES)
                    .execute(cpu);
        } while (stopped != 0 && stopped != RAW_FULL);
        return stopped == 0;
    }

    /** Returns the message's length. */
    private static int write(long message, int writer, int number) {
        Memory.putInt(message + WRITER_OFFSET, writer);
        Memory.putInt(message + NUMBER_OFFSET, number);
        int length = textLength(number);
        for (int i = 0; i < length; i++) {
            Memory.putByte(message + TEXT_OFFSET + i, textAt(writer, number, i));
        }
        return TEXT_OFFSET + length;
    }

    private static int textLength(int number) {
        return number % (TEXT_MAX + 1);
    }

    private static byte textAt(int writer, int number, int index) {
        return (byte) (writer + number + index);
    }

    /** Takes what there is, from every CPU. */
    @Override
    public void serve() {
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            while (Cpus.isPossible(cpu) && ring.takeOn(cpu, record)) {
                receive(progress[cpu]);
            }
        }
    }

    private void receive(Progress from) {
        checkWhole(record);
        long message = RingRecord.payload(record);
        int writer = Memory.getInt(message + WRITER_OFFSET);
        int number = Memory.getInt(message + NUMBER_OFFSET);
        long sequence = RingRecord.sequence(record);
        if (sequence != from.sequence) {
            throw fail("record " + sequence + " where " + from.sequence + " was due");
        }
        if (RingRecord.lost(record) < from.lost) {
            throw fail("the count of refused records has decreased");
        }
        if (number < from.next[writer - 1]) {
            throw fail("message " + number + " of writer " + writer + " is late");
        }
        if (arrived[writer - 1][number]) {
            throw fail("message " + number + " of writer " + writer + " has arrived twice");
        }
        arrived[writer - 1][number] = true;
        from.sequence++;
        from.lost = RingRecord.lost(record);
        from.next[writer - 1] = number + 1;
        taken++;
    }

    private void checkWhole(long of) {
        long message = RingRecord.payload(of);
        int writer = Memory.getInt(message + WRITER_OFFSET);
        int number = Memory.getInt(message + NUMBER_OFFSET);
        if (writer < 1 || writer > Stress.WORKERS || number < 0 || number >= numbers) {
            throw fail("message " + number + " of writer " + writer + " was never written");
        }
        int length = textLength(number);
        if (RingRecord.length(of) != TEXT_OFFSET + length) {
            throw fail("message " + number + " has length " + RingRecord.length(of));
        }
        for (int i = 0; i < length; i++) {
            if (Memory.getByte(message + TEXT_OFFSET + i) != textAt(writer, number, i)) {
                throw fail("message " + number + " of writer " + writer + " is not whole");
            }
        }
    }

    /**
     * A place of the ring holds the last record that went there, be it taken or not, and whole. The transaction here is
     * to become a query.
     */
    @Override
    public void checkSlot(int cpu, SplittableRandom random) {
        int index = random.nextInt(RingOps.RECORDS);
        StressOps.lookAtRecordOn(cpu, ring, index, lookedAt, positions);
        long head = positions.head();
        long waiting = head - positions.tail();
        if (waiting < 0 || waiting > RingOps.RECORDS) {
            throw fail("head " + head + ", tail " + positions.tail());
        }
        if (head <= index) {
            return;
        }
        long last = head - 1 - (head - 1 - index) % RingOps.RECORDS;
        if (RingRecord.sequence(lookedAt) != last) {
            throw fail("place " + index + " has record " + RingRecord.sequence(lookedAt) + ", the head is " + head);
        }
        checkWhole(lookedAt);
    }

    @Override
    public void finish(long operations) {
        long lost = 0;
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            lost += Cpus.isPossible(cpu) ? Ring.Slot.lost(ring.slot(cpu)) : 0;
        }
        if (taken != operations || written.get() != operations) {
            throw fail(taken + " messages of " + operations);
        }
        if (lost != refused.get()) {
            throw fail(lost + " refusals counted, " + refused.get() + " met");
        }
        ring.close();
        Memory.free(record);
        Memory.free(lookedAt);
    }

    private static Error fail(String message) {
        return Stress.fail("ring: " + message);
    }
}
