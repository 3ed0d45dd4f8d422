// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs one body on several threads for a while, and hands on what any of them throws. */
final class Crew {
    private static final long PATIENCE_SECONDS = 60;

    /** The work of one thread: goes on while it is told to. */
    @FunctionalInterface
    interface Member {
        void work(int index, BooleanSupplier goOn) throws Exception;
    }

    private Crew() {}

    static void run(ExecutorService executor, int members, long millis, Member member) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < members; i++) {
                int index = i;
                futures.add(executor.submit(() -> {
                    member.work(index, () -> System.nanoTime() - end < 0);
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
