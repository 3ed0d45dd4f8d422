// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types that the language has by itself. */
public enum ScalarType implements Type {
    U8(Kind.UNSIGNED, 1),
    U16(Kind.UNSIGNED, 2),
    U32(Kind.UNSIGNED, 4),
    U64(Kind.UNSIGNED, 8),
    I8(Kind.SIGNED, 1),
    I16(Kind.SIGNED, 2),
    I32(Kind.SIGNED, 4),
    I64(Kind.SIGNED, 8),
    F32(Kind.FLOAT, 4),
    F64(Kind.FLOAT, 8),
    BOOL(Kind.BOOL, 1),
    /** An unsigned integer of one byte that is looked at as raw memory. */
    BYTE(Kind.UNSIGNED, 1),
    /** An unsigned integer of a pointer's size. */
    UPTR(Kind.UNSIGNED, ScalarType.POINTER_SIZED);

    /** What operators mean on it. */
    public enum Kind {
        UNSIGNED,
        SIGNED,
        FLOAT,
        BOOL
    }

    private static final int POINTER_SIZED = 0;
    private static final Map<String, ScalarType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ScalarType::toString, type -> type));

    private final Kind kind;
    private final int size;
    private final String word = name().toLowerCase(Locale.ROOT);

    ScalarType(Kind kind, int size) {
        this.kind = kind;
        this.size = size;
    }

    /** The type with a name of the language, such as {@code u32}. */
    public static Optional<ScalarType> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    public Kind kind() {
        return kind;
    }

    public boolean isInteger() {
        return kind == Kind.UNSIGNED || kind == Kind.SIGNED;
    }

    public boolean isSigned() {
        return kind == Kind.SIGNED;
    }

    public boolean isFloat() {
        return kind == Kind.FLOAT;
    }

    @Override
    public long size(Abi abi) {
        return size == POINTER_SIZED ? abi.pointerSize() : size;
    }

    @Override
    public int alignment(Abi abi) {
        return (int) size(abi);
    }

    /** Bits of a value. */
    public int width(Abi abi) {
        return (int) size(abi) * Byte.SIZE;
    }

    /** The smallest value of an integer type. */
    public BigInteger min(Abi abi) {
        return isSigned() ? BigInteger.ONE.shiftLeft(width(abi) - 1).negate() : BigInteger.ZERO;
    }

    /** The largest value of an integer type. */
    public BigInteger max(Abi abi) {
        return BigInteger.ONE
                .shiftLeft(isSigned() ? width(abi) - 1 : width(abi))
                .subtract(BigInteger.ONE);
    }

    /** The value that an exact result becomes in an integer type: it wraps in the type's own width. */
    public BigInteger wrap(BigInteger exact, Abi abi) {
        BigInteger modulus = BigInteger.ONE.shiftLeft(width(abi));
        BigInteger low = exact.mod(modulus);
        return isSigned() && low.testBit(width(abi) - 1) ? low.subtract(modulus) : low;
    }

    @Override
    public String toString() {
        return word;
    }
}
