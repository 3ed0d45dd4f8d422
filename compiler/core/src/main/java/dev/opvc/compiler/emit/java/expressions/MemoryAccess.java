// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.expressions;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;

/** Renders plain reads and writes of memory. */
public final class MemoryAccess {
    private static final String POINTER = "Address";

    private MemoryAccess() {}

    /** The bytes at a place as an integer of its width, which {@link #rawType} holds. */
    public static CodeBlock readRaw(Type type, CodeBlock address) {
        return CodeBlock.of("$T.get$L($L)", RuntimeClasses.MEMORY, rawAccess(type), address);
    }

    /** Writes what {@link #readRaw} has read. */
    public static CodeBlock writeRaw(Type type, CodeBlock address, CodeBlock value) {
        return CodeBlock.of("$T.put$L($L, $L)", RuntimeClasses.MEMORY, rawAccess(type), address, value);
    }

    /** The signed type of a type's width. */
    public static JavaType rawType(Type type) {
        return switch (JavaType.of(type).width()) {
            case Byte.SIZE -> JavaType.I8;
            case Short.SIZE -> JavaType.I16;
            case Integer.SIZE -> JavaType.I32;
            default -> JavaType.I64;
        };
    }

    /** The value of bytes that were read by {@link #readRaw}. */
    public static CodeBlock valueOfRaw(Type type, String variable) {
        return switch (JavaType.of(type)) {
            case F32 -> CodeBlock.of("$T.intBitsToFloat($L)", Float.class, variable);
            case F64 -> CodeBlock.of("$T.longBitsToDouble($L)", Double.class, variable);
            case BOOL -> CodeBlock.of("$L != 0", variable);
            case U8 -> CodeBlock.of("$T.toUnsignedInt($L)", Byte.class, variable);
            case U16 -> CodeBlock.of("$T.toUnsignedInt($L)", Short.class, variable);
            default -> CodeBlock.of("$L", variable);
        };
    }

    private static String rawAccess(Type type) {
        return rawType(type).access();
    }

    public static CodeBlock read(Type type, CodeBlock address) {
        CodeBlock read = CodeBlock.of("$T.get$L($L)", RuntimeClasses.MEMORY, access(type), address);
        return switch (JavaType.of(type)) {
            case U8 -> CodeBlock.of("$T.toUnsignedInt($L)", Byte.class, read);
            case U16 -> CodeBlock.of("$T.toUnsignedInt($L)", Short.class, read);
            case BOOL -> CodeBlock.of("$L != 0", read);
            default -> read;
        };
    }

    public static CodeBlock write(Type type, CodeBlock address, String variable) {
        return write(type, address, Rendered.primary("$L", variable));
    }

    public static CodeBlock write(Type type, CodeBlock address, Rendered value) {
        CodeBlock held = switch (JavaType.of(type)) {
            case U8 -> Rendered.cast(byte.class, value).code();
            case U16 -> Rendered.cast(short.class, value).code();
            case BOOL -> CodeBlock.of("(byte) ($L ? 1 : 0)", value.atLeast(Rendered.Level.LOGICAL_OR));
            default -> value.code();
        };
        return CodeBlock.of("$T.put$L($L, $L)", RuntimeClasses.MEMORY, access(type), address, held);
    }

    private static String access(Type type) {
        boolean pointer = type instanceof PointerType || type == ScalarType.UPTR;
        return pointer ? POINTER : JavaType.of(type).access();
    }
}
