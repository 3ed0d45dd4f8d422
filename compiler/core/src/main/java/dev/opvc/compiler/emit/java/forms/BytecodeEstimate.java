// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;

/** About how many bytes of bytecode javac makes of code, and how many there may be. */
public final class BytecodeEstimate {
    /**
     * What a method may have, in bytes of bytecode, so that HotSpot compiles it: by default it leaves methods of more
     * than 8,000 to its interpreter for ever.
     */
    public static final int COMPILED_MAX = 8_000;

    /** What the Java virtual machine takes at all, in bytes of bytecode. */
    public static final int METHOD_MAX = 65_535;

    private BytecodeEstimate() {}

    /** The estimate in bytes; seldom less than it really is. */
    public static int of(CodeBlock code) {
        return CodeReading.of(code).bytes();
    }
}
