// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import dev.opvc.runtime.internal.engine.EngineChoice;
import dev.opvc.runtime.internal.engine.Settings;
import dev.opvc.runtime.internal.os.Libc;

/**
 * The engine of this process. It is chosen once, at the latest when the first per-CPU memory is allocated, and never
 * changes: user space, or the kernel if the system property {@value #NUMBER_PROPERTY} is set.
 */
public final class Engines {
    /**
     * The system property that asks for the kernel engine: the number of the {@code cpu_opv} system call in the running
     * kernel, a positive decimal integer. Must be set before the runtime is first used.
     */
    public static final String NUMBER_PROPERTY = Settings.ENGINE_NUMBER;

    static final EngineChoice CHOICE = EngineChoice.of(
            System.getProperty(NUMBER_PROPERTY),
            System.getProperty(Settings.FORM),
            number -> (ops, count, cpu, flags) -> Libc.syscall(number, ops, count, cpu, flags));

    private Engines() {}

    /**
     * The engine of this process. May be called from any thread.
     *
     * @throws EngineUnavailableException if the engine that was asked for cannot work here; every later call throws too
     */
    public static Engine current() {
        return CHOICE.engine();
    }
}
