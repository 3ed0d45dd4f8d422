// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;

/** Renders plain reads and writes of memory. */
final class MemoryAccess {
    private static final String POINTER = "Address";

    private MemoryAccess() {}

    static CodeBlock read(Type type, CodeBlock address) {
        CodeBlock read = CodeBlock.of("$T.get$L($L)", RuntimeClasses.MEMORY, access(type), address);
        return switch (JavaType.of(type)) {
            case U8 -> CodeBlock.of("$T.toUnsignedInt($L)", Byte.class, read);
            case U16 -> CodeBlock.of("$T.toUnsignedInt($L)", Short.class, read);
            case BOOL -> CodeBlock.of("$L != 0", read);
            default -> read;
        };
    }

    static CodeBlock write(Type type, CodeBlock address, String variable) {
        CodeBlock value = switch (JavaType.of(type)) {
            case U8 -> CodeBlock.of("(byte) $L", variable);
            case U16 -> CodeBlock.of("(short) $L", variable);
            case BOOL -> CodeBlock.of("(byte) ($L ? 1 : 0)", variable);
            default -> CodeBlock.of("$L", variable);
        };
        return CodeBlock.of("$T.put$L($L, $L)", RuntimeClasses.MEMORY, access(type), address, value);
    }

    private static String access(Type type) {
        boolean pointer = type instanceof PointerType || type == ScalarType.UPTR;
        return pointer ? POINTER : JavaType.of(type).access();
    }
}
