// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.types;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;

/**
 * What memory holds, and the values that it stands for. A value that is validated or copied out is kept as it was found:
 * many bytes are true, and a NaN that went through a register may come out as another.
 */
public final class RawBits {
    private RawBits() {}

    /** The type of C that holds what was found. */
    public static String type(Type type) {
        return type instanceof ScalarType scalar && !scalar.isInteger() ? unsigned(scalar) : CTypes.name(type);
    }

    /** A value as {@link #type} holds it. */
    public static CExpression held(Type type, CExpression value) {
        if (type == ScalarType.BOOL) {
            return CExpression.cast(unsigned(type), value);
        }
        return isFloat(type) ? of(type, value) : value;
    }

    /** Reads what is at an address, by one access where it is aligned and no wider than a pointer. */
    public static CExpression load(Type type, CExpression address) {
        if (type instanceof PointerType) {
            CExpression pointer = CExpression.call("opv_load_pointer", address);
            return isVoid(type) ? pointer : CExpression.cast(CTypes.name(type), pointer);
        }
        ScalarType scalar = (ScalarType) type;
        CExpression bits = loadUnsigned(type, address);
        return scalar.isSigned() ? CExpression.call("opv_wrap_" + scalar, bits) : bits;
    }

    /** Reads it as an unsigned integer. */
    public static CExpression loadUnsigned(Type type, CExpression address) {
        return CExpression.call("opv_load_" + width(type), address);
    }

    /** The value that bits stand for. */
    public static CExpression value(Type type, CExpression bits) {
        if (type == ScalarType.BOOL) {
            return CExpression.infix(bits, "!=", CExpression.primary("0"));
        }
        return isFloat(type) ? CExpression.call("opv_" + type + "_of_bits", bits) : bits;
    }

    /** The unsigned integer that stands for a value of any type but {@code bool}. */
    public static CExpression of(Type type, CExpression value) {
        if (isFloat(type)) {
            return CExpression.call("opv_bits_of_" + type, value);
        }
        boolean same = type instanceof ScalarType scalar && !scalar.isSigned();
        return same ? value : CExpression.cast(unsigned(type), value);
    }

    /** Writes a value, by one access where that is possible. */
    public static CExpression store(Type type, CExpression address, CExpression value) {
        return type == ScalarType.BOOL
                ? CExpression.call("opv_store_bool", address, value)
                : CExpression.call("opv_store_" + width(type), address, of(type, value));
    }

    /** Writes what is at another address, as it is found there. */
    public static CExpression copy(Type type, CExpression target, CExpression source) {
        return CExpression.call("opv_store_" + width(type), target, loadUnsigned(type, source));
    }

    private static boolean isFloat(Type type) {
        return type instanceof ScalarType scalar && scalar.isFloat();
    }

    private static boolean isVoid(Type type) {
        return type instanceof PointerType pointer && pointer.target() == ScalarType.BYTE;
    }

    /** The unsigned integer of a type's width. */
    public static String unsigned(Type type) {
        return CTypes.scalar(unsignedType(type));
    }

    /** The ending that functions of the runtime for a type's unsigned integer have. */
    public static String width(Type type) {
        return unsignedType(type).toString();
    }

    private static ScalarType unsignedType(Type type) {
        if (!(type instanceof ScalarType scalar)) {
            return ScalarType.UPTR;
        }
        return switch (scalar) {
            case U8, I8, BYTE, BOOL -> ScalarType.U8;
            case U16, I16 -> ScalarType.U16;
            case U32, I32, F32 -> ScalarType.U32;
            case U64, I64, F64 -> ScalarType.U64;
            case UPTR -> ScalarType.UPTR;
        };
    }
}
