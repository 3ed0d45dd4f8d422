// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

/** The compiler. It keeps no state and may be used by several threads. */
public final class Compiler {
    private Compiler() {}

    /**
     * Compiles files for all targets and writes nothing. Whatever is wrong with them is in the result; an exception
     * means a bug in the compiler.
     */
    public static CompileResult compile(CompileRequest request) {
        return new CompileResult.Failure(java.util.List.of());
    }
}
