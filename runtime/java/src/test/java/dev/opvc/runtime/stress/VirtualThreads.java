// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.stress;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An executor with a virtual thread for each task, which Java 21 and later have. */
record VirtualThreads(ExecutorService service) implements AutoCloseable {
    private static final String FACTORY = "newVirtualThreadPerTaskExecutor";

    /** Skips the test where there are none. */
    static void assumeSupported() {
        assumeTrue(
                Arrays.stream(Executors.class.getMethods()).map(Method::getName).anyMatch(FACTORY::equals),
                "left out: no virtual threads before Java 21");
    }

    static VirtualThreads perTask() throws ReflectiveOperationException {
        return new VirtualThreads(
                (ExecutorService) Executors.class.getMethod(FACTORY).invoke(null));
    }

    @Override
    public void close() {
        service.shutdownNow();
    }
}
