// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import java.util.Locale;
import java.util.Optional;

/** The functions that the language has. Their arguments are of one type; {@link #resultFor} says of which the result is. */
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
    POPCOUNT(1),
    /** Whether a float is a NaN. */
    ISNAN(1),
    /** Whether a float is infinite, of either sign. */
    ISINF(1),
    /** The square root, rounded once; NaN below zero, and of -0.0 itself. */
    SQRT(1),
    /** The largest whole number that is not above; of zeros, infinities and NaN itself. */
    FLOOR(1),
    /** The smallest whole number that is not below; of zeros, infinities and NaN itself. */
    CEIL(1),
    /** The representation of a float, as an unsigned integer of its width; that of every NaN is the same. */
    BITS(1),
    /** The float that has a representation. */
    FROM_BITS(1);

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

    /** Whether it is defined on arguments of a type. */
    public boolean isDefinedFor(ScalarType type) {
        return switch (this) {
            case MIN, MAX -> type.isInteger() || type.isFloat();
            case ABS -> type.isSigned() || type.isFloat();
            case CLZ, CTZ, POPCOUNT -> type.isInteger();
            case ISNAN, ISINF, SQRT, FLOOR, CEIL, BITS -> type.isFloat();
            case FROM_BITS -> type == ScalarType.U32 || type == ScalarType.U64;
        };
    }

    /** The type of its result where its arguments are of a type on which it is defined. */
    public ScalarType resultFor(ScalarType type) {
        return switch (this) {
            case MIN, MAX, ABS, SQRT, FLOOR, CEIL -> type;
            case CLZ, CTZ, POPCOUNT -> ScalarType.U32;
            case ISNAN, ISINF -> ScalarType.BOOL;
            case BITS -> type == ScalarType.F32 ? ScalarType.U32 : ScalarType.U64;
            case FROM_BITS -> type == ScalarType.U32 ? ScalarType.F32 : ScalarType.F64;
        };
    }
}
