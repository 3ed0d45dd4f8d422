// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** The forms of an integer literal: decimal, {@code 0x} and {@code 0b}, with {@code _} between digits. */
final class Literals {
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9](_?[0-9])*");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9A-Fa-f](_?[0-9A-Fa-f])*");
    private static final Pattern BINARY = Pattern.compile("0[bB][01](_?[01])*");
    private static final int RADIX_PREFIX_LENGTH = 2;
    /** Characters of a literal; the longest that has a use is a binary one of 128 bits with all its underscores. */
    static final int LENGTH_MAX = 300;
    /** A double reaches from 1e-324 to 1e308. */
    private static final int FLOAT_DIGITS_MAX = 400;

    private Literals() {}

    /** The value of a literal, or nothing if it has none of the forms. */
    static Optional<BigInteger> integer(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return Optional.of(new BigInteger(text.replace("_", "")));
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return Optional.of(withRadix(text, 16));
        }
        if (BINARY.matcher(text).matches()) {
            return Optional.of(withRadix(text, 2));
        }
        return Optional.empty();
    }

    /**
     * The value of a float literal, or nothing if its exponent is beyond what any float type holds: numbers such as
     * {@code 1e999999999} are exact too, and would take that many digits.
     */
    static Optional<BigDecimal> floating(String text) {
        try {
            BigDecimal value = new BigDecimal(text);
            long magnitude = (long) value.precision() - value.scale();
            boolean held = value.signum() == 0 || Math.abs(magnitude) <= FLOAT_DIGITS_MAX;
            return held ? Optional.of(value.signum() == 0 ? BigDecimal.ZERO : value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static BigInteger withRadix(String text, int radix) {
        return new BigInteger(text.substring(RADIX_PREFIX_LENGTH).replace("_", ""), radix);
    }
}
