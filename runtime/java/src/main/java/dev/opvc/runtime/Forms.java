// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import dev.opvc.runtime.internal.engine.Settings;

/**
 * Which form generated code uses in this process: the direct form, plain code under the CPU's exclusion, or the vector
 * form, which hands every unit to the engine as an operation vector. Both do the same. It is chosen once and never
 * changes: the direct form, unless the system property {@value #FORM_PROPERTY} says {@code vector}, or the engine is
 * the kernel's, which knows vectors only.
 */
public final class Forms {
    /**
     * The system property that chooses the form: {@code direct} or {@code vector}. Must be set before the runtime is
     * first used. With any other text there is no engine, and using one throws an EngineUnavailableException that says
     * so.
     */
    public static final String FORM_PROPERTY = Settings.FORM;

    /** Whether generated code uses the vector form. A constant, so that compiled code has one of the forms only. */
    public static final boolean VECTOR = Engines.CHOICE.isVectorForm();

    /** Turns of a vector form that fail before its thread offers the CPU to others after each further one. */
    private static final int YIELD_AFTER = 8;

    /** Turns of a vector form that fail before it gives way to the direct form. */
    private static final int DIRECT_AFTER = 64;

    private Forms() {}

    /**
     * Whether a vector form that has failed some times, because what it had read changed before its vector ran, is to
     * try again, perhaps after yielding; if not, the direct form is to do the work. The kernel engine has no other
     * form, so there the answer is always yes.
     *
     * @param failures how often it has failed in this call; may have wrapped around
     */
    @SuppressWarnings("ThreadPriorityCheck")
    public static boolean tryVector(int failures) {
        if (failures >= 0 && failures < YIELD_AFTER) {
            return true;
        }
        if (failures == DIRECT_AFTER && !Engines.CHOICE.isKernel()) {
            return false;
        }
        Thread.yield();
        return true;
    }
}
