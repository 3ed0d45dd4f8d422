// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import java.math.BigInteger;

/**
 * A value of a type.
 *
 * @param bits its bits, with zeros above its width; of a truth value 0 or 1
 * @param anyNan whether it is a NaN that arithmetic made: which one is not said, so its bits stand for any
 */
record Datum(Type type, long bits, boolean anyNan) {
    static Datum of(Type type, long bits) {
        return new Datum(type, bits, false);
    }

    /** An integer, wrapped to its type. */
    static Datum of(ScalarType type, BigInteger exact) {
        return of(type, type.wrap(exact, Abi.LP64).longValue() & mask(type));
    }

    static Datum of(boolean truth) {
        return of(ScalarType.BOOL, truth ? 1 : 0);
    }

    /** A float that arithmetic made. */
    static Datum computed(ScalarType type, double value) {
        return new Datum(type, bitsOf(type, value), Double.isNaN(value));
    }

    /** The bits of a float of a type; f32 must hold the value exactly, but for a NaN. */
    static long bitsOf(ScalarType type, double value) {
        return type == ScalarType.F32
                ? Float.floatToRawIntBits((float) value) & mask(type)
                : Double.doubleToRawLongBits(value);
    }

    boolean truth() {
        return bits != 0;
    }

    BigInteger integer() {
        ScalarType scalar = (ScalarType) type;
        return scalar.wrap(new BigInteger(Long.toUnsignedString(bits)), Abi.LP64);
    }

    float single() {
        return Float.intBitsToFloat((int) bits);
    }

    /** The value of a float of either width. */
    double number() {
        return type == ScalarType.F32 ? single() : Double.longBitsToDouble(bits);
    }

    /** All ones in the width of a type. */
    static long mask(Type type) {
        long size = type.size(Abi.LP64);
        return size == Long.BYTES ? -1 : (1L << (size * Byte.SIZE)) - 1;
    }

    @Override
    public String toString() {
        return anyNan ? "any NaN" : type + " 0x" + Long.toHexString(bits);
    }
}
