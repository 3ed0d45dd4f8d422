// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;

/** Sizes, offsets and lengths as Java numbers: ints where they fit. */
final class Numbers {
    private Numbers() {}

    static boolean isInt(long value) {
        return (int) value == value;
    }

    static TypeName typeFor(long value) {
        return isInt(value) ? TypeName.INT : TypeName.LONG;
    }

    static CodeBlock literal(long value) {
        return isInt(value) ? CodeBlock.of("$L", value) : CodeBlock.of("$LL", value);
    }
}
