// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ScalarType;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** One random choice after the other; all of them follow from the seed. */
final class Choices {
    private static final int PERCENT = 100;

    private final Random random;

    Choices(long seed) {
        random = new Random(seed);
    }

    /** Choices of their own, so that what is chosen elsewhere does not move them. */
    Choices fork() {
        return new Choices(random.nextLong());
    }

    long bits() {
        return random.nextLong();
    }

    boolean chance(int percent) {
        return random.nextInt(PERCENT) < percent;
    }

    /** A number from 0 to below a bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A number from one to another, both included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    @SafeVarargs
    final <T> T oneOf(T... all) {
        return all[random.nextInt(all.length)];
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A value of an integer type: small, at an end of what the type holds, or anything. */
    BigInteger integer(ScalarType type) {
        BigInteger max = type.max(Abi.LP64);
        BigInteger value = switch (random.nextInt(10)) {
            case 0 -> type.min(Abi.LP64);
            case 1 -> max;
            case 2 -> max.shiftRight(1).add(BigInteger.ONE);
            case 3 -> BigInteger.ONE.negate();
            case 4 -> new BigInteger(type.width(Abi.LP64), random);
            default -> BigInteger.valueOf(random.nextInt(6));
        };
        return type.wrap(value, Abi.LP64);
    }

    /** A float: small, at an edge of the format or of an integer type, or any bits; of a NaN, a quiet one. */
    double number() {
        return switch (random.nextInt(12)) {
            case 0 -> Double.NaN;
            case 1 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            case 2 -> random.nextBoolean() ? 0.0 : -0.0;
            case 3 -> oneOf(0x1p31, -0x1p31, 0x1p32, 0x1p63, -0x1p63, 0x1p64, 127.5, -128.9, 255.99, 65536.0);
            case 4 -> oneOf(Double.MIN_VALUE, 1e300, -1e300, (double) Float.MAX_VALUE, 1e-40, 0x1p24 + 1);
            case 5 -> random.nextGaussian() * 1e6;
            default -> (random.nextInt(17) - 8) * 0.5;
        };
    }
}
