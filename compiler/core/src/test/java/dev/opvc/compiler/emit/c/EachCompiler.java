// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A test with each compiler in each language, but with one standard of the language only: whether a header compiles may
 * depend on the standard, and is tested with both; what the compiled program does is what the compiler makes of one
 * syntax tree.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@EnumSource(names = {"GCC_C11", "CLANG_GNU11", "GXX_CXX17", "CLANGXX_CXX17"})
@interface EachCompiler {}
