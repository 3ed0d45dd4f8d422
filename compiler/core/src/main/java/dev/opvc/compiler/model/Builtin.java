// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import java.util.Locale;
import java.util.Optional;

/** The functions that the language has. Arguments and result are of one type, but for the counts of bits. */
public enum Builtin {
    /** The smaller; on floats as Java's: a NaN wins, and -0.0 is below 0.0. */
    MIN(2),
    /** The greater; on floats as Java's: a NaN wins, and 0.0 is above -0.0. */
    MAX(2),
    /** The magnitude; of the least signed integer it is itself, as everything wraps. */
    ABS(1),
    /** Zero bits above the highest one bit, as a u32; of zero the type's width. */
    CLZ(1),
    /** Zero bits below the lowest one bit, as a u32; of zero the type's width. */
    CTZ(1),
    /** One bits, as a u32. */
    POPCOUNT(1);

    private final int arguments;

    Builtin(int arguments) {
        this.arguments = arguments;
    }

    /** The function of a name of the language. */
    public static Optional<Builtin> named(String name) {
        for (Builtin builtin : values()) {
            if (builtin.word().equals(name)) {
                return Optional.of(builtin);
            }
        }
        return Optional.empty();
    }

    /** Its name in the language. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many arguments it takes. */
    public int arguments() {
        return arguments;
    }

    /** Whether it counts bits, of integers only. */
    public boolean countsBits() {
        return this == CLZ || this == CTZ || this == POPCOUNT;
    }
}
