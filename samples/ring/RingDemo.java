// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.ring;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Forms;
import dev.opvc.runtime.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Four threads a CPU write messages to the ring of the CPU that they are on, while a reader drains the rings of all
 * CPUs. A writer that finds its ring full counts that and tries again. At the end every message has arrived once,
 * whole, and in each ring in the order in which its writer wrote.
 */
public final class RingDemo {
    private static final int WRITERS_PER_CPU = 4;
    private static final int MESSAGES = 50_000;

    /** A message's layout: a writer, a number, and a text whose length depends on the number. */
    private static final int WRITER_OFFSET = 0;

    private static final int NUMBER_OFFSET = 4;
    private static final int TEXT_OFFSET = 8;
    private static final int TEXT_MAX = RingOps.PAYLOAD - TEXT_OFFSET;

    private final Ring ring = Ring.allocate();
    private final int writers = WRITERS_PER_CPU * Runtime.getRuntime().availableProcessors();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final AtomicReference<String> wrong = new AtomicReference<>();

    private final Progress[] progress = new Progress[Cpus.possible()];
    private final boolean[][] arrived = new boolean[writers][MESSAGES];
    private long taken;

    /** What the reader knows of one ring. */
    private final class Progress {
        private long sequence;
        private long lost;
        /** By writer: the number that its next message from this ring has at least. */
        private final int[] next = new int[writers];
    }

    private RingDemo() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(new RingDemo().run() ? 0 : 1);
    }

    private boolean run() throws InterruptedException {
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            progress[cpu] = new Progress();
        }
        long start = System.nanoTime();
        writeAndRead();
        double nanos = (double) (System.nanoTime() - start) * Runtime.getRuntime().availableProcessors();
        check();
        ring.close();
        boolean right = wrong.get() == null;
        System.out.printf(
                "Java, %s form: %d writers, %d messages, %d times a full ring, about %.0f ns of a CPU for each message: %s%n",
                Forms.VECTOR ? "vector" : "direct",
                writers,
                taken,
                refused.get(),
                nanos / taken,
                right ? "all right" : "WRONG: " + wrong.get());
        return right;
    }

    private void writeAndRead() throws InterruptedException {
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            int writer = i;
            all.add(new Thread(() -> writeAll(writer)));
        }
        Thread reader = new Thread(this::readAll);
        reader.start();
        all.forEach(Thread::start);
        for (Thread thread : all) {
            thread.join();
        }
        writing.set(false);
        reader.join();
    }

    private void writeAll(int writer) {
        long message = Memory.allocate(RingOps.PAYLOAD);
        for (int number = 0; number < MESSAGES && wrong.get() == null; number++) {
            int length = write(message, writer, number);
            while (!ring.append(message, length) && wrong.get() == null) {
                ring.lose();
                refused.incrementAndGet();
                Thread.yield();
            }
        }
        Memory.free(message);
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

    /** Drains once more after the last message was written. */
    private void readAll() {
        long record = Memory.allocate(RingRecord.SIZE);
        boolean more;
        do {
            more = writing.get();
            for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
                while (Cpus.isPossible(cpu) && ring.takeOn(cpu, record)) {
                    receive(progress[cpu], record);
                }
            }
            Thread.yield();
        } while (more);
        Memory.free(record);
    }

    private void receive(Progress from, long record) {
        long message = RingRecord.payload(record);
        int writer = Memory.getInt(message + WRITER_OFFSET);
        int number = Memory.getInt(message + NUMBER_OFFSET);
        require(RingRecord.sequence(record) == from.sequence, "a record is missing");
        require(RingRecord.lost(record) >= from.lost, "the count of refused records has decreased");
        from.sequence++;
        from.lost = RingRecord.lost(record);
        if (writer < 0 || writer >= writers || number < 0 || number >= MESSAGES) {
            wrong.set("a message is not one that was written");
            return;
        }
        checkText(record, message, writer, number);
        require(!arrived[writer][number], "a message has arrived twice");
        arrived[writer][number] = true;
        require(number >= from.next[writer], "a ring has changed the order of a writer's messages");
        from.next[writer] = number + 1;
        taken++;
    }

    private void checkText(long record, long message, int writer, int number) {
        int length = textLength(number);
        require(RingRecord.length(record) == TEXT_OFFSET + length, "a message has another length than it was given");
        for (int i = 0; i < length; i++) {
            require(Memory.getByte(message + TEXT_OFFSET + i) == textAt(writer, number, i), "a message is not whole");
        }
    }

    private void check() {
        long lost = 0;
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            lost += Cpus.isPossible(cpu) ? Ring.Slot.lost(ring.slot(cpu)) : 0;
        }
        require(lost == refused.get(), "the rings have counted other refusals than their writers");
        require(taken == (long) writers * MESSAGES, "messages have not arrived");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            wrong.compareAndSet(null, otherwise);
        }
    }
}
