// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.pool;

import com.sun.management.OperatingSystemMXBean;
import dev.opvc.runtime.Forms;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Threads acquire, mark and release buffers of three pools. No two threads may have one buffer at once, and in the end
 * all buffers of the pool per CPU wait again.
 */
public final class PoolDemo {
    private static final int PLATFORM_THREADS = 64;
    private static final int OPERATIONS = 10_000;
    private static final int VIRTUAL_THREADS = 2_000;
    private static final int OPERATIONS_OF_VIRTUAL = 250;
    private static final int ROUNDS = 3;
    private static final double BYTES_OF_MEBIBYTE = 1 << 20;

    private static final List<Load> LOADS =
            List.of(new Load("used and released", false), new Load("handed on, released by another", true));

    /** Tells the time that the process has had a CPU, which others on the machine change less than the time of day. */
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** The form is nothing to the others, so they are run in one of them only. */
    private static final List<Supplier<PoolUnderTest>> POOLS =
            Forms.VECTOR ? List.of(PerCpuPool::new) : List.of(PerCpuPool::new, NettyPool::new, ThreadLocalPool::new);

    private PoolDemo() {}

    public static void main(String[] arguments) throws ReflectiveOperationException, InterruptedException {
        for (Load load : LOADS) {
            measure(load, "platform threads", PLATFORM_THREADS, OPERATIONS, PoolDemo::platformThreads);
            if (hasVirtualThreads()) {
                measure(load, "virtual threads", VIRTUAL_THREADS, OPERATIONS_OF_VIRTUAL, PoolDemo::virtualThreads);
            }
        }
        if (!hasVirtualThreads()) {
            say("this JVM has no virtual threads; Java 21 and later have");
        }
        say("all right");
    }

    /** A new pool each time, and the last time counts. */
    private static void measure(Load load, String kind, int threads, int operations, Supplier<ExecutorService> service)
            throws InterruptedException {
        for (Supplier<PoolUnderTest> maker : POOLS) {
            for (int round = 1; round <= ROUNDS; round++) {
                try (PoolUnderTest pool = maker.get()) {
                    long start = SYSTEM.getProcessCpuTime();
                    run(load, pool, threads, operations, service.get());
                    double nanos = SYSTEM.getProcessCpuTime() - start;
                    pool.releaseAll();
                    if (round == ROUNDS) {
                        say("%s, %d %s, %s: about %.0f ns of a CPU for each buffer, %.1f MiB"
                                .formatted(
                                        load.title(),
                                        threads,
                                        kind,
                                        pool.name(),
                                        nanos / threads / operations,
                                        pool.heldBytes() / BYTES_OF_MEBIBYTE));
                    }
                }
            }
        }
    }

    private static void run(Load load, PoolUnderTest pool, int threads, int operations, ExecutorService service)
            throws InterruptedException {
        List<Future<?>> all = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                int first = i;
                all.add(service.submit(() -> load.run(pool, first, operations)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            service.shutdown();
        }
    }

    /** Netty's, which its allocator has caches for. To the other pools they are threads like any. */
    private static ExecutorService platformThreads() {
        return Executors.newFixedThreadPool(PLATFORM_THREADS, new DefaultThreadFactory("load"));
    }

    private static boolean hasVirtualThreads() {
        return Stream.of(Executors.class.getMethods())
                .anyMatch(method -> method.getName().equals("newVirtualThreadPerTaskExecutor"));
    }

    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("virtual threads are there, and cannot be had", e);
        }
    }

    private static void say(String what) {
        System.out.println("Java, " + (Forms.VECTOR ? "vector" : "direct") + " form: " + what);
    }
}
