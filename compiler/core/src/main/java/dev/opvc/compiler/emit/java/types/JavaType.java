// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.types;

import com.palantir.javapoet.TypeName;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;

/**
 * How values of a type of OPV are held in Java, on a 64-bit machine.
 *
 * <p>A variable or expression of one of these always holds a value of the type: an unsigned one of 8 or 16 bits is
 * between 0 and its largest, one of 32 or 64 bits is a bit pattern. Only what callers pass has yet to be brought to
 * that.
 */
public enum JavaType {
    U8(int.class, "Byte", 8),
    U16(int.class, "Short", 16),
    U32(int.class, "Int", 32),
    U64(long.class, "Long", 64),
    I8(byte.class, "Byte", 8),
    I16(short.class, "Short", 16),
    I32(int.class, "Int", 32),
    I64(long.class, "Long", 64),
    F32(float.class, "Float", 32),
    F64(double.class, "Double", 64),
    BOOL(boolean.class, "Byte", 8);

    private static final int INT_BITS = 32;

    private final Class<?> held;
    private final String access;
    private final int width;

    JavaType(Class<?> held, String access, int width) {
        this.held = held;
        this.access = access;
        this.width = width;
    }

    /** How a scalar or a pointer is held; structs and arrays are not values. */
    public static JavaType of(Type type) {
        if (type instanceof PointerType) {
            return U64;
        }
        if (!(type instanceof ScalarType scalar)) {
            throw new IllegalArgumentException(type + " is not held in a variable");
        }
        return switch (scalar) {
            case U8, BYTE -> U8;
            case U16 -> U16;
            case U32 -> U32;
            case U64, UPTR -> U64;
            case I8 -> I8;
            case I16 -> I16;
            case I32 -> I32;
            case I64 -> I64;
            case F32 -> F32;
            case F64 -> F64;
            case BOOL -> BOOL;
        };
    }

    /** The primitive type of variables that hold it. */
    public Class<?> held() {
        return held;
    }

    /** The same for JavaPoet. */
    public TypeName typeName() {
        return TypeName.get(held);
    }

    /** The end of the names of the methods of {@code Memory} that access it. */
    public String access() {
        return access;
    }

    public int width() {
        return width;
    }

    public boolean isFloat() {
        return this == F32 || this == F64;
    }

    public boolean isUnsigned() {
        return this == U8 || this == U16 || this == U32 || this == U64;
    }

    /** Whether it is an unsigned integer in a Java type that holds more: to wrap is to mask. */
    public boolean isMasked() {
        return this == U8 || this == U16;
    }

    /** Whether it is a signed integer that Java computes with as an int: to wrap is to cast. */
    public boolean isPromoted() {
        return this == I8 || this == I16;
    }

    public boolean isLong() {
        return this == U64 || this == I64;
    }

    /** Whether Java has the value as an int, or promotes it to one. */
    boolean isInt() {
        return !isLong() && !isFloat() && this != BOOL;
    }

    /** Whether it is unsigned in a Java type that is signed and has no more bits. */
    public boolean isBitPattern() {
        return isUnsigned() && width >= INT_BITS;
    }

    /** Bits that the low bytes of a value have, as an int: the largest value of a masked type. */
    public int mask() {
        return (1 << width) - 1;
    }
}
