// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import java.util.Locale;

/** Why an operation is in a vector. */
public enum Role {
    /** A condition of the source: if it does not hold, the transaction ends with its outcome. */
    GUARD,
    /** A prepared value is still what it was: if not, the transaction is prepared again. */
    VALIDATE,
    /** An operand is copied to a cell by a loading vector. */
    LOAD,
    /** A value is copied out. */
    READ,
    /** Memory changes. */
    WRITE,
    /** Order. */
    BARRIER;

    /** Its name in {@code explain}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
