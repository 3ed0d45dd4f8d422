// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import dev.opvc.runtime.Cpus;
import java.lang.reflect.Method;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** What stress tests of {@code queries.opv} do to a sample, and what they see of it. */
final class SampleStress {
    private SampleStress() {}

    /**
     * Records, on CPUs that change as {@link Wanderer} says.
     *
     * @param bump the form of the unit that changes three words of a slot together
     * @param writing is one less in the end
     */
    static void bump(Object sample, Method bump, long turns, Random random, int stayMax, AtomicInteger writing)
            throws Exception {
        try (Wanderer wanderer = new Wanderer(random, stayMax)) {
            for (long turn = 0; turn < turns; turn++) {
                wanderer.step();
                bump.invoke(sample, Cpus.current(), 1L);
            }
        } finally {
            writing.decrementAndGet();
        }
    }

    /** The results of a query or drain of these words. */
    static final class Answer {
        private final Object result;
        private final Method isEqual;
        private final Method a;
        private final Method b;
        private final Method bucket;

        Answer(Class<?> holder) throws ReflectiveOperationException {
            result = holder.getDeclaredConstructor().newInstance();
            isEqual = holder.getMethod("equal");
            a = holder.getMethod("a");
            b = holder.getMethod("b");
            bucket = holder.getMethod("bucket", int.class);
        }

        /** Asks all CPUs, in one form of the unit. */
        void ask(Object sample, Method form) throws ReflectiveOperationException {
            form.invoke(sample, 0, Cpus.possible(), result);
        }

        long count() throws ReflectiveOperationException {
            return (long) a.invoke(result);
        }

        /** Whether each slot has been seen in one state. */
        boolean isWhole() throws ReflectiveOperationException {
            long count = count();
            return (boolean) isEqual.invoke(result)
                    && count == (long) b.invoke(result)
                    && count == (long) bucket.invoke(result, 0);
        }
    }
}
