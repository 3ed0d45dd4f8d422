// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.types;

import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;

/** Types in C. */
public final class CTypes {
    private CTypes() {}

    /** A type as it stands in a cast or behind {@code sizeof}. */
    public static String name(Type type) {
        return type instanceof ArrayType ? element(type) + lengths(type) : element(type);
    }

    /** A declarator with its type, such as {@code struct node *next} or {@code uint64_t bucket[32]}. */
    public static String declare(Type type, String name) {
        return declare(element(type), name + lengths(type));
    }

    /** A declarator of an array, without how many elements it has. */
    public static String declareFlexible(ArrayType array, String name) {
        return declare(element(array), name + "[]" + lengths(array.element()));
    }

    /** A declarator with a type that is already written. */
    public static String declare(String type, String name) {
        return type.endsWith("*") ? type + name : type + " " + name;
    }

    public static String struct(StructType struct) {
        return "struct " + CNames.tag(struct);
    }

    public static String scalar(ScalarType type) {
        return switch (type) {
            case U8, BYTE -> "uint8_t";
            case U16 -> "uint16_t";
            case U32 -> "uint32_t";
            case U64 -> "uint64_t";
            case I8 -> "int8_t";
            case I16 -> "int16_t";
            case I32 -> "int32_t";
            case I64 -> "int64_t";
            case F32 -> "float";
            case F64 -> "double";
            case BOOL -> "bool";
            case UPTR -> "uintptr_t";
        };
    }

    /** The ending that functions of {@code opv/arith.h} for an integer type have. */
    public static String arithmeticSuffix(ScalarType type) {
        return type == ScalarType.BYTE ? ScalarType.U8.toString() : type.toString();
    }

    /** The type of handles to a per-CPU struct, which nothing completes. */
    public static String handle(StructType struct) {
        return "struct " + CNames.handleTag(struct);
    }

    /** The type of pointers to a type. */
    public static String pointer(String type) {
        return declare(type, "*");
    }

    /** Some 32-bit machines align 8 bytes to 4. A struct takes its alignment from its fields. */
    public static boolean needsAlignment(Type type) {
        if (type instanceof ArrayType array) {
            return needsAlignment(array.element());
        }
        return type instanceof ScalarType && type.alignment(Abi.ILP32) == Long.BYTES;
    }

    private static String element(Type type) {
        if (type instanceof ScalarType scalar) {
            return scalar(scalar);
        }
        if (type instanceof PointerType pointer) {
            return pointerTo(pointer.target());
        }
        if (type instanceof StructType struct) {
            return struct(struct);
        }
        return element(((ArrayType) type).element());
    }

    private static String pointerTo(Type target) {
        // Raw memory, so that any pointer can be passed for it.
        String pointee = target == ScalarType.BYTE ? "void" : name(target);
        return pointer(pointee);
    }

    private static String lengths(Type type) {
        StringBuilder lengths = new StringBuilder();
        for (Type inner = type; inner instanceof ArrayType array; inner = array.element()) {
            lengths.append('[').append(array.length()).append(']');
        }
        return lengths.toString();
    }
}
