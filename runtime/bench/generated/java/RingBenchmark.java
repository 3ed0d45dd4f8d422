// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import dev.opvc.runtime.Memory;
import dev.opvc.samples.ring.Ring;
import dev.opvc.samples.ring.RingOps;
import dev.opvc.samples.ring.RingRecord;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Appends a record to a ring, 44 bytes of payload and 20 in front of it, and takes the oldest one. */
@State(Scope.Benchmark)
public class RingBenchmark {
    private final Ring ring = Ring.allocate();
    private final SharedRing shared = new SharedRing();

    /** A thread's payload, and where it takes a record to. */
    @State(Scope.Thread)
    public static class Messages {
        private final long payload = Memory.allocate(RingOps.PAYLOAD);
        private final long record = Memory.allocate(RingRecord.SIZE);
        private final byte[] payloadBytes = new byte[RingOps.PAYLOAD];
        private final byte[] recordBytes = new byte[RingRecord.SIZE];

        @TearDown
        public void free() {
            Memory.free(payload);
            Memory.free(record);
        }
    }

    /** One ring for all threads, behind its monitor. */
    private static final class SharedRing {
        private final ByteBuffer records = ByteBuffer.allocate(RingOps.RECORDS * RingRecord.SIZE);
        private long head;
        private long tail;
        private long lost;

        synchronized boolean append(byte[] payload) {
            if (head - tail == RingOps.RECORDS) {
                return false;
            }
            int record = place(head);
            records.putLong(record + RingRecord.SEQUENCE_OFFSET, head);
            records.putLong(record + RingRecord.LOST_OFFSET, lost);
            records.putInt(record + RingRecord.LENGTH_OFFSET, payload.length);
            records.put(record + RingRecord.PAYLOAD_OFFSET, payload);
            head++;
            return true;
        }

        synchronized boolean take(byte[] record) {
            if (head == tail) {
                return false;
            }
            records.get(place(tail), record);
            tail++;
            return true;
        }

        private static int place(long position) {
            return (int) (position & (RingOps.RECORDS - 1)) * RingRecord.SIZE;
        }
    }

    @Benchmark
    public boolean opvc(Messages messages) {
        return ring.append(messages.payload, RingOps.PAYLOAD) & ring.take(messages.record);
    }

    @Benchmark
    public boolean synchronizedRing(Messages messages) {
        return shared.append(messages.payloadBytes) & shared.take(messages.recordBytes);
    }

    @TearDown
    public void close() {
        ring.close();
    }
}
