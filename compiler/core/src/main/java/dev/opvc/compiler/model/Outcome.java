// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

/**
 * How a transaction can end other than by committing.
 *
 * @param name as {@code require … else NAME} gives it
 * @param number its number in the unit, from 1 in the order of first mention
 */
public record Outcome(String name, int number) {
    /** The outcome of an {@code if … then} whose condition does not hold. */
    public static final String MISMATCH = "MISMATCH";

    /** What targets call the end without any of these: everything happened. No outcome may have this name. */
    public static final String COMMITTED = "COMMITTED";
}
