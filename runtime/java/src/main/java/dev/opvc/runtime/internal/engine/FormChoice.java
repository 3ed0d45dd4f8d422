// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import org.jspecify.annotations.Nullable;

/** What {@link Settings#FORM} says. */
final class FormChoice {
    private static final String DIRECT = "direct";
    private static final String VECTOR = "vector";

    private FormChoice() {}

    /** What is wrong with the property's text, null if nothing is. */
    static @Nullable String refusal(@Nullable String text) {
        if (text == null || text.equals(DIRECT) || text.equals(VECTOR)) {
            return null;
        }
        return "the system property " + Settings.FORM + " is \"" + text + "\". Set it to " + DIRECT + " or " + VECTOR
                + ", or leave it out for " + DIRECT + ".";
    }

    /** Whether a text that is not refused asks for the vector form. */
    static boolean isVector(@Nullable String text) {
        return VECTOR.equals(text);
    }
}
