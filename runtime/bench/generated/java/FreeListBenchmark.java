// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import dev.opvc.runtime.Memory;
import dev.opvc.samples.latency.Latency;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import org.jctools.queues.MpmcArrayQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Takes a buffer off a free list and puts it back. There are always more buffers than threads. */
@State(Scope.Benchmark)
public class FreeListBenchmark {
    private static final int BUFFERS_PER_CPU = 64;

    /** Bytes of one: enough for two CPUs' buffers not to share cache lines. */
    private static final int BUFFER_SIZE = 256;

    private final Latency latency = Latency.allocate();
    private final ArrayDeque<byte[]> stack = new ArrayDeque<>();
    private final ConcurrentLinkedDeque<byte[]> deque = new ConcurrentLinkedDeque<>();
    private final MpmcArrayQueue<byte[]> queue = new MpmcArrayQueue<>(buffers());
    private final AtomicReference<Node> treiber = new AtomicReference<>();

    /** A node of the Treiber stack. A new one for each push, because one that came back would confuse a pop (ABA). */
    private record Node(byte[] buffer, Node next) {}

    /** Where a thread's pops leave their result. */
    @State(Scope.Thread)
    public static class Popped {
        private final Latency.PopResult result = new Latency.PopResult();
    }

    /** A thread's own buffers, which no other can have: a lower bound and no alternative. */
    @State(Scope.Thread)
    public static class Own {
        private final ArrayDeque<byte[]> stack = new ArrayDeque<>();

        @Setup
        public void fill() {
            for (int i = 0; i < BUFFERS_PER_CPU; i++) {
                stack.push(new byte[BUFFER_SIZE]);
            }
        }
    }

    @Setup
    public void fill() {
        for (int i = 0; i < buffers(); i++) {
            latency.pushOn(Slots.CPUS[i % Slots.CPUS.length], Memory.allocate(BUFFER_SIZE));
            stack.push(new byte[BUFFER_SIZE]);
            deque.push(new byte[BUFFER_SIZE]);
            pushTreiber(new byte[BUFFER_SIZE]);
            queue.offer(new byte[BUFFER_SIZE]);
        }
    }

    @Benchmark
    public boolean opvc(Popped popped) {
        boolean taken = latency.pop(popped.result);
        if (taken) {
            latency.push(popped.result.taken());
        }
        return taken;
    }

    @Benchmark
    public byte[] synchronizedStack() {
        byte[] buffer;
        synchronized (stack) {
            buffer = stack.poll();
        }
        if (buffer != null) {
            synchronized (stack) {
                stack.push(buffer);
            }
        }
        return buffer;
    }

    @Benchmark
    public byte[] concurrentLinkedDeque() {
        byte[] buffer = deque.poll();
        if (buffer != null) {
            deque.push(buffer);
        }
        return buffer;
    }

    @Benchmark
    public byte[] mpmcQueue() {
        byte[] buffer = queue.poll();
        if (buffer != null) {
            queue.offer(buffer);
        }
        return buffer;
    }

    @Benchmark
    public byte[] dequeOfTheThread(Own own) {
        byte[] buffer = own.stack.poll();
        if (buffer != null) {
            own.stack.push(buffer);
        }
        return buffer;
    }

    @Benchmark
    public byte[] treiberStack() {
        byte[] buffer = popTreiber();
        if (buffer != null) {
            pushTreiber(buffer);
        }
        return buffer;
    }

    private void pushTreiber(byte[] buffer) {
        Node head;
        do {
            head = treiber.get();
        } while (!treiber.compareAndSet(head, new Node(buffer, head)));
    }

    private byte[] popTreiber() {
        Node head;
        do {
            head = treiber.get();
        } while (head != null && !treiber.compareAndSet(head, head.next()));
        return head == null ? null : head.buffer();
    }

    @TearDown
    public void check() {
        Latency.PopResult popped = new Latency.PopResult();
        int free = 0;
        for (int cpu : Slots.CPUS) {
            while (free <= buffers() && latency.popOn(cpu, popped)) {
                Memory.free(popped.taken());
                free++;
            }
        }
        latency.close();
        Tally.require(free == buffers(), free + " buffers on the lists, not " + buffers());
    }

    private static int buffers() {
        return BUFFERS_PER_CPU * Slots.CPUS.length;
    }
}
