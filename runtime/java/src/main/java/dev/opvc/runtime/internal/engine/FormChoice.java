// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.Forms;
import org.jspecify.annotations.Nullable;

/** What {@link Forms#FORM_PROPERTY} says. */
public final class FormChoice {
    private static final String DIRECT = "direct";
    private static final String VECTOR = "vector";

    private FormChoice() {}

    /** What is wrong with the property's text, null if nothing is. */
    static @Nullable String refusal(@Nullable String text) {
        if (text == null || text.equals(DIRECT) || text.equals(VECTOR)) {
            return null;
        }
        return "the system property " + Forms.FORM_PROPERTY + " is \"" + text + "\". Set it to " + DIRECT + " or "
                + VECTOR + ", or leave it out for " + DIRECT + ".";
    }

    /** Where there is no engine the answer is yes: the first vector then tells why. */
    public static boolean isVector(EngineChoice engine) {
        return !engine.isUserSpace() || VECTOR.equals(System.getProperty(Forms.FORM_PROPERTY));
    }
}
